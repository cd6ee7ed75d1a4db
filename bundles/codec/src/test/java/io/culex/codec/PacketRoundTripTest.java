// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is read is written again byte by byte; and what was written has the bytes of the specification. */
class PacketRoundTripTest {
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        S  | 10 LEN <MQIsdp> 03 02 003C <client>
        S  | 10 LEN <MQIsdp> 83 00 003C <>
        S  | 10 LEN <MQTT> 04 02 003C <>
        S  | 10 LEN <MQTT> 84 EE 0000 <client> <will/topic> <payload> <user> <secret>
        S  | 10 LEN <MQTT> 04 34 FFFF <client> <w> <>
        S  | 10 LEN <MQTT> 05 02 0000 00 <>
        S  | 10 LEN <MQTT> 05 42 0000 00 <client> <password>
        S  | 10 LEN <MQTT> 05 C0 0000 [ 11 FFFFFFFF 15 <m> 16 <d> 17 00 19 01 21 FFFF 22 000A 26 <k> <v> 26 <k> <v> 27 00000014 ] <c> <u> <>
        S  | 10 LEN <MQTT> 05 06 0000 00 <c> [ 01 01 02 00000001 03 <text> 08 <r> 09 <d> 18 FFFFFFFF 26 <k> <> ] <w> <p>
        N3 | 20 02 00 00
        N3 | 20 02 00 05
        N4 | 20 02 01 00
        N4 | 20 02 00 01
        N5 | 20 03 01 00 00
        N5 | 20 LEN 00 87 [ 1F <no> 26 <k> <v> ]
        N5 | 20 LEN 00 00 [ 11 00000000 12 <id> 13 0000 15 <m> 16 <d> 1A <r> 1C <s> 1F <x> 21 0014 22 000A 24 01 25 00 26 <k> <v> 27 001E8480 28 00 29 01 2A 01 ]
        S3 | 30 LEN <t> 70
        S4 | 31 LEN <a/b>
        S4 | 3D LEN <a/b> FFFF 70
        S5 | 32 LEN <a/b> 0001 00 70
        S5 | 30 LEN <> [ 23 0001 ] 70
        S5 | 34 LEN <a/b> 0001 [ 01 01 02 00000001 03 <text> 08 <r> 09 <d> 23 000A 26 <k> <v> 26 <k> <v> ] 70
        C5 | 30 LEN <a/b> [ 0B 01 0B 8002 0B FFFFFF7F ] 70
        S3 | 40 02 0001
        S4 | 50 02 FFFF
        S4 | 62 02 0001
        C4 | 70 02 0001
        S5 | 40 02 0001
        S5 | 40 03 0001 10
        S5 | 50 LEN 0001 97 [ 1F <full> ]
        C5 | 62 LEN 0001 92 [ 26 <k> <v> ]
        S5 | 70 LEN 0001 00 [ 1F <why> 26 <k> <v> ]
        S3 | 82 LEN 0001 <a/#> 02
        S4 | 82 LEN 0001 <a/+> 00 <$share/g/#> 01
        S5 | 82 LEN 0001 00 <a> 2E
        S5 | 82 LEN FFFF [ 0B FFFFFF7F 26 <k> <v> ] <a> 00 <+/b> 19 <$share/g/a> 08
        C4 | 90 LEN 0001 00 01 02 80
        C5 | 90 LEN 0001 [ 1F <x> 26 <k> <v> ] 00 01 02 87 A2
        S4 | A2 LEN 0001 <a> <b/#>
        S5 | A2 LEN 0001 [ 26 <k> <v> ] <a> <b/#>
        C3 | B0 02 0001
        C4 | B0 02 0001
        C5 | B0 LEN 0001 [ 1F <x> ] 00 11
        S4 | C0 00
        S5 | C0 00
        C4 | D0 00
        S4 | E0 00
        S5 | E0 00
        S5 | E0 01 04
        S5 | E0 LEN 00 [ 11 00000005 1F <bye> 26 <k> <v> ]
        C5 | E0 LEN 9C [ 1C <elsewhere> ]
        S5 | F0 LEN 18 [ 15 <m> 16 <data> 1F <r> 26 <k> <v> ]
        C5 | F0 00
        N5 | F0 LEN 18 [ 15 <m> 16 <data> ]
        """)
    void readsWhatItWrites(String state, String packet) throws Exception {
        PacketReader reader = Wire.reader(state);
        ByteBuf in = Wire.bytes(packet);
        String before = Wire.hex(in);
        RecordingSink sink = Wire.read(reader, in);
        ProtocolVersion version = reader.version();
        assertNotNull(version);
        assertEquals(before, Wire.hex(sink.rewritten(version)));
    }

    @Test
    void readsEveryFieldOfConnect() throws Exception {
        Connect read = Wire.read(
                        "S",
                        "10 LEN <MQTT> 05 EE 003C [ 11 0000000A 21 0005 ] <client>"
                                + " [ 02 00000007 03 <text> 18 00000009 ] <w/t> <p> <user> <secret>")
                .only(Connect.class);
        assertEquals(ProtocolVersion.MQTT_5, read.version());
        assertFalse(read.bridge());
        assertTrue(read.cleanStart());
        assertEquals(60, read.keepAlive());
        assertEquals("client", read.clientId());
        assertEquals("user", read.username());
        assertArrayEquals("secret".getBytes(StandardCharsets.UTF_8), read.password());
        assertEquals(10, read.properties().sessionExpiryInterval());
        assertEquals(5, read.properties().receiveMaximum());
        assertEquals(-1, read.properties().topicAliasMaximum());
        Will will = read.will();
        assertNotNull(will);
        assertEquals("w/t", will.topicText());
        assertArrayEquals(new byte[] {'w', '/', 't'}, will.topic());
        assertArrayEquals(new byte[] {'p'}, will.payload());
        assertEquals(1, will.qos());
        assertTrue(will.retain());
        assertEquals(7, will.expirySeconds());
        assertEquals(9, will.delaySeconds());
        assertEquals("030004" + "74657874", Wire.hex(Unpooled.wrappedBuffer(will.forwardedProperties())));
        assertFalse(read.toString().contains("secret"));
    }

    @Test
    void marksBridges() throws Exception {
        Connect read = Wire.read("S", "10 LEN <MQTT> 84 02 0000 <a>").only(Connect.class);
        assertTrue(read.bridge());
        assertEquals(ProtocolVersion.MQTT_3_1_1, read.version());
        assertEquals(
                ProtocolVersion.MQTT_3_1,
                Wire.read("S", "10 LEN <MQIsdp> 83 02 0000 <a>")
                        .only(Connect.class)
                        .version());
    }

    @Test
    void acceptsFlagsWithoutCredentialsInMqtt31() throws Exception {
        Connect read = Wire.read("S", "10 LEN <MQIsdp> 03 C2 0000 <a>").only(Connect.class);
        assertNull(read.username());
        assertNull(read.password());
    }

    @Test
    void acceptsDupFlagsOfMqtt31() throws Exception {
        assertEquals(1, Wire.read("S3", "6A 02 0001").packets.size());
        assertEquals(1, Wire.read("S3", "8A LEN 0001 <a> 00").packets.size());
        assertEquals(1, Wire.read("S3", "AA LEN 0001 <a>").packets.size());
    }

    @Test
    void readsEveryOptionOfSubscribe() throws Exception {
        Subscribe read = Wire.read("S5", "82 LEN 0102 [ 0B 8001 ] <a> 16 <$share/g/b> 29")
                .only(Subscribe.class);
        assertEquals(0x102, read.packetId());
        assertEquals(128, read.properties().subscriptionIdentifier());
        assertEquals(
                List.of(
                        new Subscribe.Entry("a", 2, true, false, 1),
                        new Subscribe.Entry("$share/g/b", 1, false, true, 2)),
                read.entries());
    }

    @Test
    void acceptsPaddedLengthsBeforeMqtt5() throws Exception {
        assertEquals(1, Wire.read("S4", "C0 80 00").packets.size());
        assertEquals(1, Wire.read("S", "10 8D 00 <MQTT> 04 02 0000 <a>").packets.size());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void leavesOutWhatAVersionDoesNotHave(ProtocolVersion version) throws Exception {
        ByteBuf out = Unpooled.buffer();
        Properties reason = Properties.reason("because");
        PacketWriter.connack(out, version, false, 0, reason);
        PacketWriter.suback(out, version, 1, new byte[] {0}, reason);
        PacketWriter.unsuback(out, version, 1, new byte[] {0}, reason);
        PacketReader reader = new PacketReader(PacketReader.Side.CLIENT, 1_000);
        reader.version(version);
        RecordingSink sink = new RecordingSink();
        while (out.isReadable()) {
            assertTrue(reader.read(out, sink));
        }
        assertEquals(3, sink.packets.size());
        assertEquals(version.isV5() ? 1 : 0, ((Unsuback) sink.packets.get(2)).codes().length);
        assertEquals(
                version.isV5() ? "because" : null,
                ((Suback) sink.packets.get(1)).properties().reasonString());
    }
}
