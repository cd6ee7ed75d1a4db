// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes that nobody should send: only {@link MalformedPacketException} may come out, no buffer may be kept, and what is
 * accepted must be a packet that can be written and read again.
 */
@Timeout(60)
class PacketFuzzTest {
    private static final List<String> STATES = List.of("S", "S3", "S4", "S5", "N3", "N4", "N5", "C3", "C4", "C5");
    private static final List<Corpus.Packet> CORPUS = Corpus.packets().toList();

    static Stream<Corpus.Packet> packets() {
        return CORPUS.stream();
    }

    static LongStream seeds() {
        return LongStream.of(20261120L, System.nanoTime());
    }

    /** Reads packets until there is no more or one is refused; returns how many there were. */
    private static int feed(String state, byte[] bytes) throws MalformedPacketException {
        PacketReader reader = Wire.reader(state);
        ByteBuf in = Unpooled.buffer(bytes.length + 1).writeBytes(bytes);
        RecordingSink sink = new RecordingSink();
        try {
            int before;
            do {
                before = in.readerIndex();
            } while (reader.read(in, sink));
            assertEquals(before, in.readerIndex());
        } catch (MalformedPacketException expected) {
            assertTrue(expected.reason().isFailure());
        } finally {
            assertEquals(1, in.refCnt());
            in.release();
        }
        assertWritable(state, reader.version(), sink);
        return sink.packets.size();
    }

    private static void assertWritable(String state, @Nullable ProtocolVersion version, RecordingSink sink)
            throws MalformedPacketException {
        if (sink.packets.isEmpty()) {
            return;
        }
        ProtocolVersion known = Objects.requireNonNull(version);
        ByteBuf once = sink.rewritten(known);
        String hex = Wire.hex(once);
        PacketReader reader = Wire.reader(state);
        RecordingSink again = new RecordingSink();
        while (once.isReadable()) {
            assertTrue(reader.read(once, again));
        }
        assertEquals(hex, Wire.hex(again.rewritten(known)));
    }

    private static byte[] bytesOf(Corpus.Packet packet) {
        return ByteBufUtil.getBytes(Wire.bytes(packet.text()));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void waitsForThePacketByteByByte(Corpus.Packet packet) throws Exception {
        byte[] bytes = bytesOf(packet);
        PacketReader reader = Wire.reader(packet.state());
        RecordingSink sink = new RecordingSink();
        ByteBuf in = Unpooled.buffer();
        for (int i = 0; i < bytes.length - 1; i++) {
            in.writeByte(bytes[i]);
            assertFalse(reader.read(in, sink));
            assertEquals(0, in.readerIndex());
        }
        in.writeByte(bytes[bytes.length - 1]);
        assertTrue(reader.read(in, sink));
        assertEquals(1, sink.packets.size());
    }

    @ParameterizedTest
    @MethodSource("packets")
    void survivesBodiesCutOffAtEachByte(Corpus.Packet packet) throws Exception {
        ByteBuf whole = Wire.bytes(packet.text());
        int bodyIndex = whole.getByte(1) < 0 ? 3 : 2;
        int bodyLength = whole.readableBytes() - bodyIndex;
        for (int length = 0; length < bodyLength; length++) {
            ByteBuf cut = Unpooled.buffer().writeByte(whole.getByte(0));
            PacketWriter.writeVarint(cut, length);
            cut.writeBytes(whole, bodyIndex, length);
            // What follows must not be taken for the rest of the packet.
            feed(packet.state(), ByteBufUtil.getBytes(cut.writeBytes(whole, bodyIndex + length, bodyLength - length)));
        }
    }

    @ParameterizedTest
    @MethodSource("packets")
    void survivesEachFlippedBit(Corpus.Packet packet) throws Exception {
        byte[] bytes = bytesOf(packet);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            feed(packet.state(), flipped);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void survivesRandomBytes(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length > 1 && random.nextInt(4) > 0) {
                bytes[0] &= (byte) 0xF3;
                bytes[1] = (byte) random.nextInt(bytes.length);
            }
            feed(STATES.get(random.nextInt(STATES.size())), bytes);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void survivesMutatedPackets(long seed) throws Exception {
        Random random = new Random(seed);
        int accepted = 0;
        int rounds = 50_000;
        for (int i = 0; i < rounds; i++) {
            Corpus.Packet packet = CORPUS.get(random.nextInt(CORPUS.size()));
            byte[] other = bytesOf(CORPUS.get(random.nextInt(CORPUS.size())));
            accepted += feed(packet.state(), mutated(random, bytesOf(packet), other)) > 0 ? 1 : 0;
        }
        assertTrue(accepted > rounds / 100 && accepted < rounds, accepted + " accepted: too few or too many");
    }

    /** Changes, removes and inserts bytes, or goes on with another packet; sometimes with a length that fits again. */
    private static byte[] mutated(Random random, byte[] bytes, byte[] other) {
        ByteBuf out = Unpooled.buffer().writeBytes(bytes);
        for (int i = random.nextInt(4); i >= 0 && out.writerIndex() > 2; i--) {
            int at = 1 + random.nextInt(out.writerIndex() - 1);
            switch (random.nextInt(4)) {
                case 0 -> out.setByte(at, random.nextInt(256));
                case 1 -> out.setByte(at, out.getByte(at) + random.nextInt(3) - 1);
                case 2 -> out.writerIndex(at);
                default -> out.writerIndex(at).writeBytes(other, 0, 1 + random.nextInt(other.length));
            }
        }
        if (random.nextBoolean() && out.writerIndex() > 2) {
            out.setByte(1, Math.min(127, out.writerIndex() - 2));
        }
        return ByteBufUtil.getBytes(out);
    }

    @Test
    void takesAStreamOfAllPacketsInPiecesOfAnySize() throws Exception {
        for (String state : STATES) {
            List<byte[]> mine = CORPUS.stream()
                    .filter(packet -> packet.state().equals(state) && !isOpening(packet))
                    .map(PacketFuzzTest::bytesOf)
                    .toList();
            byte[] all = ByteBufUtil.getBytes(Unpooled.wrappedBuffer(mine.toArray(new byte[0][])));
            for (int piece = 1; piece < 64; piece++) {
                assertEquals(mine.size(), inPieces(Wire.reader(state), all, piece));
            }
        }
    }

    private static boolean isOpening(Corpus.Packet packet) {
        return packet.text().startsWith("10") || packet.text().startsWith("20");
    }

    private static int inPieces(PacketReader reader, byte[] all, int piece) throws MalformedPacketException {
        RecordingSink sink = new RecordingSink();
        ByteBuf in = PooledByteBufAllocator.DEFAULT.directBuffer();
        for (int at = 0; at < all.length; at += piece) {
            in.writeBytes(all, at, Math.min(piece, all.length - at));
            while (reader.read(in, sink)) {
                assertTrue(in.readerIndex() <= in.writerIndex());
            }
            in.discardReadBytes();
        }
        assertFalse(in.isReadable());
        assertTrue(in.release());
        return sink.packets.size();
    }
}
