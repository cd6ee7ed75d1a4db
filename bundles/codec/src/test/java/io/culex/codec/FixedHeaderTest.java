// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.message.ReasonCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the reader says when only the fixed header, or less, is there. */
class FixedHeaderTest {
    private static ByteBuf header(int firstByte, int remainingLength) {
        ByteBuf out = Unpooled.buffer().writeByte(firstByte);
        PacketWriter.writeVarint(out, remainingLength);
        return out;
    }

    @ParameterizedTest(name = "{0} {1} of {2} bytes")
    @CsvSource({
        "S, 10, 100000",
        "S5, 82, 100000",
        "S4, 82, 100001",
        "S5, A2, 100000",
        "S4, A2, 100001",
        "S5, F0, 100000",
        "S5, 40, 10000",
        "S5, 50, 10000",
        "S5, 62, 10000",
        "S5, 70, 10000",
        "S5, E0, 10000",
        "S4, 40, 2",
        "S5, 30, 199996",
        "C5, 90, 199996",
    })
    void acceptsLargestPacketOfEachType(String state, String firstByte, int remaining) throws Exception {
        PacketReader reader = Wire.reader(state, 200_000);
        ByteBuf in = header(Integer.parseInt(firstByte, 16), remaining);
        int headerBytes = in.readableBytes();
        assertEquals(headerBytes + remaining, reader.frameBytes(in));
        assertFalse(reader.read(in, new RecordingSink()));
        assertEquals(0, in.readerIndex());
    }

    @ParameterizedTest(name = "{0} {1} of {2} bytes")
    @CsvSource({
        "S, 10, 100001, PACKET_TOO_LARGE",
        "S5, 82, 100001, PACKET_TOO_LARGE",
        "S5, A2, 100001, PACKET_TOO_LARGE",
        "S5, F0, 100001, PACKET_TOO_LARGE",
        "S5, 40, 10001, PACKET_TOO_LARGE",
        "S5, 50, 10001, PACKET_TOO_LARGE",
        "S5, 62, 10001, PACKET_TOO_LARGE",
        "S5, 70, 10001, PACKET_TOO_LARGE",
        "S5, E0, 10001, PACKET_TOO_LARGE",
        "S4, 40, 3, MALFORMED_PACKET",
        "S4, 62, 1, MALFORMED_PACKET",
        "S4, E0, 1, MALFORMED_PACKET",
        "S4, C0, 268435455, PACKET_TOO_LARGE",
        "S4, 30, 199997, PACKET_TOO_LARGE",
        "S4, 82, 268435455, PACKET_TOO_LARGE",
        "C5, 90, 199997, PACKET_TOO_LARGE",
    })
    void refusesLargerBeforeTheBodyIsThere(String state, String firstByte, int remaining, ReasonCode reason)
            throws Exception {
        PacketReader reader = Wire.reader(state, 200_000);
        ByteBuf in = header(Integer.parseInt(firstByte, 16), remaining);
        assertEquals(
                reason,
                assertThrows(MalformedPacketException.class, () -> reader.frameBytes(in))
                        .reason());
        assertEquals(
                reason,
                assertThrows(MalformedPacketException.class, () -> reader.read(in, new RecordingSink()))
                        .reason());
    }

    @Test
    void refusesWrongTypeByItsFirstByteAlone() throws Exception {
        ByteBuf publish = Unpooled.wrappedBuffer(new byte[] {0x30});
        PacketReader reader = Wire.reader("S");
        MalformedPacketException fault = assertThrows(MalformedPacketException.class, () -> reader.frameBytes(publish));
        assertEquals(ReasonCode.PROTOCOL_ERROR, fault.reason());
        assertNull(fault.answerAs());
        assertNull(reader.version());
    }

    @Test
    void waitsForTheWholeHeader() throws Exception {
        PacketReader reader = Wire.reader("S5");
        assertEquals(-1, reader.frameBytes(Unpooled.EMPTY_BUFFER));
        assertEquals(-1, reader.frameBytes(Wire.bytes("30")));
        assertEquals(-1, reader.frameBytes(Wire.bytes("30 80")));
        assertEquals(-1, reader.frameBytes(Wire.bytes("30 FF FF FF")));
        assertEquals(5 + PacketWriter.MAX_VARINT, reader.frameBytes(Wire.bytes("30 FF FF FF 7F")));
    }

    @Test
    void readsPacketsOneByOneFromOneBuffer() throws Exception {
        PacketReader reader = Wire.reader("S4");
        ByteBuf in = Wire.bytes("C0 00 40 02 0001 30 03");
        RecordingSink sink = new RecordingSink();
        assertTrue(reader.read(in, sink));
        assertTrue(reader.read(in, sink));
        assertFalse(reader.read(in, sink));
        assertEquals(6, in.readerIndex());
        in.writeBytes(Wire.bytes("<a>"));
        assertTrue(reader.read(in, sink));
        assertEquals(3, sink.packets.size());
    }

    @Test
    void demandsVersionOfClient() {
        PacketReader reader = new PacketReader(PacketReader.Side.CLIENT, 100);
        assertThrows(IllegalStateException.class, () -> reader.frameBytes(Wire.bytes("20 02 00 00")));
    }

    @Test
    void tellsInWhichVersionAConnectIsAnswered() throws Exception {
        assertEquals(ProtocolVersion.MQTT_3_1_1, answerTo("10 LEN <MQTT> 06 02 0000 00 <a>"));
        assertEquals(ProtocolVersion.MQTT_3_1_1, answerTo("10 LEN <MQTT> 02 02 0000 <a>"));
        assertEquals(ProtocolVersion.MQTT_3_1, answerTo("10 LEN <MQIsdp> 04 02 0000 <a>"));
        assertNull(answerTo("10 LEN <HTTP> 04 02 0000 <a>"));
        assertEquals(ProtocolVersion.MQTT_5, answerTo("10 LEN <MQTT> 05 03 0000 00 <a>"));
        assertEquals(ProtocolVersion.MQTT_5, answerTo("10 8E 00 <MQTT> 05 02 0000 00 <a>"));
        assertNull(answerTo("10 LEN <MQTT> 04 03 0000 <a>"));
    }

    private static @Nullable ProtocolVersion answerTo(String connect) throws MalformedPacketException {
        PacketReader reader = Wire.reader("S");
        return assertThrows(MalformedPacketException.class, () -> reader.read(Wire.bytes(connect), new RecordingSink()))
                .answerAs();
    }
}
