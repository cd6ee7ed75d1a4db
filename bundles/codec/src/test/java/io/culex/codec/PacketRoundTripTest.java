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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read is written again byte by byte; and what was written has the bytes of the specification. */
class PacketRoundTripTest {
    static Stream<Arguments> packets() {
        return Corpus.packets().map(packet -> Arguments.of(packet.state(), packet.text()));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("packets")
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
