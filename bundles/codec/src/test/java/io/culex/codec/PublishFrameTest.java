// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.culex.api.message.MessageProperties;
import io.culex.api.message.Payload;
import io.culex.api.message.ReasonCode;
import io.culex.api.message.UserProperty;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PublishFrameTest {
    private static final String ALL = "[ 01 01 02 0000000A 03 <text> 08 <r> 09 <d> 23 0003 26 <k> <v> 26 <k> <w> ]";

    private static void inspect(String state, String packet, Consumer<PublishFrame> look) throws Exception {
        // Bytes before and behind the packet show that no index counts from the reader index.
        ByteBuf in = Unpooled.buffer().writeZero(3).writeBytes(Wire.bytes(packet));
        in.readerIndex(3);
        boolean[] seen = new boolean[1];
        PacketSink sink = new RecordingSink() {
            @Override
            public void publish(PublishFrame frame) {
                assertSame(in, frame.buffer());
                assertEquals(frame.frameIndex() + frame.frameLength(), in.readerIndex());
                look.accept(frame);
                seen[0] = true;
            }
        };
        assertTrue(Wire.reader(state).read(in, sink));
        assertTrue(seen[0]);
    }

    @Test
    void showsThePartsOfMqtt3() throws Exception {
        inspect("S4", "3B LEN <a/b> 0102 7061", frame -> {
            assertEquals(3, frame.frameIndex());
            assertEquals(11, frame.frameLength());
            assertFalse(frame.v5());
            assertEquals(1, frame.qos());
            assertTrue(frame.dup());
            assertTrue(frame.retain());
            assertEquals(7, frame.topicIndex());
            assertEquals(3, frame.topicLength());
            assertEquals("a/b", frame.topic());
            assertEquals(0x102, frame.packetId());
            assertEquals(0, frame.topicAlias());
            assertEquals(-1, frame.expirySeconds());
            assertEquals(0, frame.propertiesLength());
            assertTrue(frame.hasForwardableOnly());
            assertEquals(0, frame.forwardedPropertiesLength());
            assertEquals(12, frame.payloadIndex());
            assertEquals(2, frame.payloadLength());
            assertSame(MessageProperties.NONE, frame.messageProperties());
            assertArrayEquals(new byte[] {'p', 'a'}, frame.payloadBytes());
        });
    }

    @Test
    void showsThePartsOfMqtt5() throws Exception {
        inspect("S5", "34 LEN <a/b> 0102 " + ALL + " 7061", frame -> {
            assertTrue(frame.v5());
            assertEquals(2, frame.qos());
            assertEquals(3, frame.topicAlias());
            assertEquals(10, frame.expirySeconds());
            assertTrue(frame.utf8Payload());
            assertTrue(frame.payloadIsUtf8());
            assertFalse(frame.hasForwardableOnly());
            assertEquals(frame.propertiesLength() - 8, frame.forwardedPropertiesLength());
            assertEquals(frame.propertiesIndex() + frame.propertiesLength(), frame.payloadIndex());
            assertEquals(3, frame.properties().topicAlias());
        });
    }

    @Test
    void copiesPropertiesWithoutAliasAndExpiryInTheirOrder() throws Exception {
        inspect("S5", "30 LEN <a> [ 26 <z> <1> 23 0003 26 <a> <2> 02 0000000A 01 00 03 <t> ]", frame -> {
            byte[] copy = new byte[frame.forwardedPropertiesLength() + 1];
            frame.copyForwardedProperties(copy, 1);
            String expected = Wire.hex(Wire.bytes("00 26 <z> <1> 26 <a> <2> 01 00 03 <t>"));
            assertEquals(expected, Wire.hex(Unpooled.wrappedBuffer(copy)));
        });
        inspect("S5", "30 LEN <a> [ 26 <z> <1> 01 01 ]", frame -> {
            assertTrue(frame.hasForwardableOnly());
            byte[] copy = new byte[frame.forwardedPropertiesLength()];
            frame.copyForwardedProperties(copy, 0);
            assertEquals("26" + "00017a" + "000131" + "0101", Wire.hex(Unpooled.wrappedBuffer(copy)));
        });
    }

    @Test
    void keepsSubscriptionIdentifiersToTheClient() throws Exception {
        inspect("C5", "30 LEN <a> [ 0B 8001 01 01 0B 02 ]", frame -> {
            assertEquals(List.of(128, 2), frame.properties().subscriptionIdentifiers());
            assertFalse(frame.hasForwardableOnly());
            byte[] copy = new byte[frame.forwardedPropertiesLength()];
            frame.copyForwardedProperties(copy, 0);
            assertArrayEquals(new byte[] {1, 1}, copy);
        });
    }

    @Test
    void makesMessageProperties() throws Exception {
        MessageProperties expected = new MessageProperties(
                true,
                10,
                "text",
                "r",
                Payload.of("d"),
                List.of(new UserProperty("k", "v"), new UserProperty("k", "w")));
        inspect("S5", "30 LEN <a> " + ALL, frame -> {
            assertEquals(expected, frame.messageProperties());
            byte[] copy = new byte[frame.forwardedPropertiesLength()];
            frame.copyForwardedProperties(copy, 0);
            assertArrayEquals(copy, Properties.encodeForwarded(expected));
            assertEquals(copy.length, Properties.encodedLength(expected));
            assertEquals(expected, Properties.decodeForwarded(copy, 10));
            assertEquals(10, Properties.of(expected).messageExpiryInterval());
        });
    }

    @Test
    void refusesForwardedPropertiesThatAreDamaged() {
        assertThrows(
                IllegalArgumentException.class, () -> Properties.decodeForwarded(new byte[] {0x26, 0, 5, 'a'}, -1));
        assertSame(MessageProperties.NONE, Properties.decodeForwarded(new byte[0], -1));
    }

    @Test
    void tellsPayloadsThatAreNotUtf8() throws Exception {
        inspect("S5", "30 LEN <a> [ 01 01 ] 61 00 C3A4 F09F9982", frame -> assertTrue(frame.payloadIsUtf8()));
        inspect("S5", "30 LEN <a> [ 01 01 ] 61 C3", frame -> assertFalse(frame.payloadIsUtf8()));
        inspect("S5", "30 LEN <a> [ 01 01 ]", frame -> assertTrue(frame.payloadIsUtf8()));
    }

    @Test
    void acceptsTwoHundredSeparatorsAndNoMore() throws Exception {
        for (int separators : new int[] {199, 200, 201, 500}) {
            ByteBuf in = Unpooled.buffer();
            String topic = "a/".repeat(separators) + "a";
            PacketWriter.publish(in, ProtocolVersion.MQTT_5, 0x30, topic, 0, Properties.NONE, new byte[0]);
            PacketReader reader = Wire.reader("S5");
            if (separators <= 200) {
                assertTrue(reader.read(in, new RecordingSink()));
            } else {
                MalformedPacketException fault =
                        assertThrows(MalformedPacketException.class, () -> reader.read(in, new RecordingSink()));
                assertEquals(ReasonCode.TOPIC_NAME_INVALID, fault.reason());
            }
        }
    }

    @Test
    void letsGoOfTheBuffer() throws Exception {
        PublishFrame[] kept = new PublishFrame[1];
        inspect("S4", "30 LEN <a>", frame -> kept[0] = frame);
        assertEquals(0, kept[0].buffer().capacity());
    }

    @Test
    void limitsUserProperties() throws Exception {
        String two = "30 LEN <a> [ 26 <k> <v> 26 <k> <v> ]";
        PacketReader reader = Wire.reader("S5");
        reader.maxUserProperties(2);
        assertTrue(reader.read(Wire.bytes(two), new RecordingSink()));
        reader.maxUserProperties(1);
        MalformedPacketException fault =
                assertThrows(MalformedPacketException.class, () -> reader.read(Wire.bytes(two), new RecordingSink()));
        assertEquals(ReasonCode.QUOTA_EXCEEDED, fault.reason());
    }

    @Test
    void decodesWithoutAllocating() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        PacketReader reader = Wire.reader("S5");
        ByteBuf in = Wire.bytes("40 02 0001 C0 00")
                .writeBytes(Wire.bytes("32 LEN <sensors/house/1/temperature> 0001"
                        + " [ 02 0000000A 03 <text> 08 <answers/here> 26 <k> <v> ] 3231"))
                .writeBytes(Wire.bytes("30 LEN <sensors/ä> 00 3231"));
        PacketSink sink = new IgnoringSink();
        long[] allocated = new long[2];
        for (int round = 0; round < 2; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 2_000; i++) {
                in.readerIndex(0);
                while (reader.read(in, sink)) {
                    allocated[1]++;
                }
            }
            allocated[0] = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(16_000, allocated[1]);
        assertTrue(allocated[0] < 2_000, allocated[0] + " bytes for 8,000 packets");
    }

    @Test
    void writesPublishInParts() throws Exception {
        byte[] topic = "xa/by".getBytes(StandardCharsets.UTF_8);
        byte[] forwarded = Properties.encodeForwarded(
                new MessageProperties(false, -1, null, null, null, List.of(new UserProperty("k", "v"))));
        int own = PacketWriter.TOPIC_ALIAS_BYTES
                + PacketWriter.EXPIRY_BYTES
                + PacketWriter.subscriptionIdentifierBytes(300);
        int length = PacketWriter.publishRemainingLength(true, 3, 1, forwarded.length + own, 2);
        ByteBuf out = Unpooled.buffer(0);
        PacketWriter.publishHead(
                out, true, PacketWriter.firstByte(1, true, false), length, topic, 1, 3, 7, forwarded.length + own);
        PacketWriter.topicAliasProperty(out, 5);
        PacketWriter.expiryProperty(out, 0xFFFF_FFFEL);
        PacketWriter.subscriptionIdentifierProperty(out, 300);
        out.writeBytes(forwarded).writeBytes(new byte[] {1, 2});
        assertEquals(PacketWriter.packetBytes(length), out.readableBytes());
        String expected = "3A LEN <a/b> 0007 [ 23 0005 02 FFFFFFFE 0B AC02 26 <k> <v> ] 0102";
        assertEquals(Wire.hex(Wire.bytes(expected)), Wire.hex(out));
    }
}
