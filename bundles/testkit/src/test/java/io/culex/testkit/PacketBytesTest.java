// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketBytesTest {
    @Test
    void writesConnectOfVersion311() {
        byte[] bytes = Connect.as("ab").keepAlive(60).encode(ProtocolVersion.V311);
        assertEquals("100e00044d51545404" + "02003c" + "00026162", hex(bytes));
    }

    @Test
    void writesConnectOfVersion5WithWillAndCredentials() {
        byte[] bytes = Connect.as("")
                .resume()
                .expiry(1)
                .will(Will.to("w", "x", 1).retained().with(PropertyId.WILL_DELAY, 2))
                .user("u")
                .password("p")
                .encode(ProtocolVersion.V5);
        assertEquals(
                "1024" + "00044d51545405" + "ec" + "0000" + "051100000001" + "0000" + "051800000002" + "000177"
                        + "000178" + "000175" + "000170",
                hex(bytes));
    }

    @Test
    void writesPublishWithPacketIdentifierOnlyAboveQos0() {
        assertEquals("300400017478", hex(Publish.to("t", "x").encode(ProtocolVersion.V311)));
        assertEquals(
                "35070001740009" + "00" + "78",
                hex(Publish.to("t", "x").qos(2, 9).retained().encode(ProtocolVersion.V5)));
    }

    @Test
    void readsBackWhatItWrote() {
        List<Packet> packets = List.of(
                new Connack(true, 0, PropertyList.of(PropertyId.SERVER_KEEP_ALIVE, 7L)),
                Publish.to("a/b", "c").qos(1, 5).with(PropertyId.SUBSCRIPTION_ID, 200L),
                Ack.puback(1),
                Ack.pubrel(2).withReason(0x92),
                Ack.pubrec(3).withReason(0x97).with(PropertyList.of(PropertyId.REASON_STRING, "no")),
                new Suback(PacketType.SUBACK, 4, List.of(0, 1, 2, 0x87), PropertyList.NONE.withUser("k", "v")),
                new Ping(PacketType.PINGRESP),
                new Disconnect(0x8E, PropertyList.NONE),
                new Auth(0x18, PropertyList.of(PropertyId.AUTH_METHOD, "m")));
        for (Packet packet : packets) {
            assertEquals(packet, decode(packet.encode(ProtocolVersion.V5)));
        }
    }

    @Test
    void refusesWhatAServerMustNotSend() {
        for (String bytes : List.of(
                "4103000100", // flags
                "40020000", // identifier 0
                "400400010500", // reason that PUBACK has not
                "20030100", // no Property Length
                "3606000174000100", // QoS 3
                "c000", // PINGREQ
                "e0070005" + "1100000001")) { // Session Expiry Interval
            assertThrows(WireError.class, () -> decode(HexFormat.of().parseHex(bytes)), bytes);
        }
    }

    @Test
    void countsRemainingLengthInAsFewBytesAsPossible() {
        assertArrayEquals(
                new byte[] {(byte) 0x80, 1}, new WireWriter().variable(128).toBytes());
        assertArrayEquals(new byte[] {127}, new WireWriter().variable(127).toBytes());
    }

    private static Packet decode(byte[] packet) {
        byte[] body = Arrays.copyOfRange(packet, 2, packet.length);
        return new PacketDecoder(ProtocolVersion.V5).decode(packet[0] & 0xFF, body);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
