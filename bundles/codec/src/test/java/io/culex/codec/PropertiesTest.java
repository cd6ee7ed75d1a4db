// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.message.ReasonCode;
import io.culex.api.message.UserProperty;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertiesTest {
    /** Packets with a place for properties: state of the reader, packet. */
    private static final Map<String, String> PACKETS = new LinkedHashMap<>();

    static {
        PACKETS.put("CONNECT", "S | 10 LEN <MQTT> 05 02 0000 [ %s ] <a>");
        PACKETS.put("WILL", "S | 10 LEN <MQTT> 05 06 0000 00 <a> [ %s ] <w> <p>");
        PACKETS.put("CONNACK", "N5 | 20 LEN 00 00 [ %s ]");
        PACKETS.put("PUBLISH", "C5 | 30 LEN <a> [ %s ]");
        PACKETS.put("PUBACK", "S5 | 40 LEN 0001 00 [ %s ]");
        PACKETS.put("PUBREC", "S5 | 50 LEN 0001 00 [ %s ]");
        PACKETS.put("PUBREL", "S5 | 62 LEN 0001 00 [ %s ]");
        PACKETS.put("PUBCOMP", "S5 | 70 LEN 0001 00 [ %s ]");
        PACKETS.put("SUBSCRIBE", "S5 | 82 LEN 0001 [ %s ] <a> 00");
        PACKETS.put("SUBACK", "C5 | 90 LEN 0001 [ %s ] 00");
        PACKETS.put("UNSUBSCRIBE", "S5 | A2 LEN 0001 [ %s ] <a>");
        PACKETS.put("UNSUBACK", "C5 | B0 LEN 0001 [ %s ] 00");
        PACKETS.put("DISCONNECT", "S5 | E0 LEN 00 [ %s ]");
        PACKETS.put("AUTH", "S5 | F0 LEN 18 [ 15 <m> %s ]");
    }

    private static void read(String packet, String properties) throws MalformedPacketException {
        String[] parts = PACKETS.getOrDefault(packet, "").formatted(properties).split("\\|");
        Wire.read(parts[0].trim(), parts[1].trim());
    }

    /** Table 2-4 of the specification. ACKS: the four acknowledgments. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        01 | 01       | PUBLISH WILL
        02 | 00000001 | PUBLISH WILL
        03 | <text>   | PUBLISH WILL
        08 | <r/t>    | PUBLISH WILL
        09 | <data>   | PUBLISH WILL
        0B | 8001     | PUBLISH SUBSCRIBE
        11 | 00000001 | CONNECT CONNACK DISCONNECT
        12 | <id>     | CONNACK
        13 | 0001     | CONNACK
        17 | 01       | CONNECT
        18 | 00000001 | WILL
        19 | 01       | CONNECT
        1A | <info>   | CONNACK
        1C | <server> | CONNACK DISCONNECT
        1F | <reason> | CONNACK ACKS SUBACK UNSUBACK DISCONNECT AUTH
        21 | 0001     | CONNECT CONNACK
        22 | 0001     | CONNECT CONNACK
        23 | 0001     | PUBLISH
        24 | 01       | CONNACK
        25 | 01       | CONNACK
        27 | 00000014 | CONNECT CONNACK
        28 | 01       | CONNACK
        29 | 01       | CONNACK
        2A | 01       | CONNACK
        """)
    void mayStandOnlyInItsPackets(String id, String value, String homes) throws Exception {
        List<String> allowed =
                List.of(homes.replace("ACKS", "PUBACK PUBREC PUBREL PUBCOMP").split(" "));
        String property = id + " " + value;
        for (String packet : PACKETS.keySet()) {
            if (allowed.contains(packet)) {
                read(packet, property);
                assertTwiceIsRefused(packet, property, id.equals("0B") && packet.equals("PUBLISH"));
            } else {
                assertEquals(
                        ReasonCode.MALFORMED_PACKET,
                        assertThrows(MalformedPacketException.class, () -> read(packet, property), packet)
                                .reason());
            }
        }
    }

    private static void assertTwiceIsRefused(String packet, String property, boolean mayRepeat) throws Exception {
        String twice = property + " 26 <k> <v> " + property;
        if (mayRepeat) {
            read(packet, twice);
        } else {
            assertEquals(
                    ReasonCode.PROTOCOL_ERROR,
                    assertThrows(MalformedPacketException.class, () -> read(packet, twice))
                            .reason());
        }
    }

    @Test
    void takesUserPropertiesInEveryPacketInOrder() throws Exception {
        for (String packet : PACKETS.keySet()) {
            read(packet, "26 <k> <v> 26 <k> <v> 26 <> <>");
        }
        Unsubscribe read = Wire.read("S5", "A2 LEN 0001 [ 26 <b> <1> 26 <a> <2> 26 <b> <1> ] <f>")
                .only(Unsubscribe.class);
        UserProperty b = new UserProperty("b", "1");
        assertEquals(
                List.of(b, new UserProperty("a", "2"), b), read.properties().userProperties());
    }

    @Test
    void takesAuthenticationOnlyWhereItBelongs() throws Exception {
        for (String packet : PACKETS.keySet()) {
            boolean allowed = List.of("CONNECT", "CONNACK", "AUTH").contains(packet);
            String property = packet.equals("AUTH") ? "16 <data>" : "15 <m> 16 <data>";
            if (allowed) {
                read(packet, property);
            } else {
                assertThrows(MalformedPacketException.class, () -> read(packet, property), packet);
            }
        }
    }

    /** CVE-2021-41039: the time must not grow with the square of the number, and the number is limited. */
    @Test
    void limitsUserPropertiesInConnect() throws Exception {
        for (int count : new int[] {PacketReader.MAX_USER_PROPERTIES, PacketReader.MAX_USER_PROPERTIES + 1}) {
            PropertiesBuilder many = Properties.builder();
            many.userProperties(new ArrayList<>(java.util.Collections.nCopies(count, new UserProperty("k", "v"))));
            ByteBuf in = Unpooled.buffer();
            PacketWriter.connect(
                    in, Connect.of(ProtocolVersion.MQTT_5, "c", true, 0).withProperties(many.build()));
            PacketReader reader = Wire.reader("S");
            if (count == PacketReader.MAX_USER_PROPERTIES) {
                assertTrue(reader.read(in, new RecordingSink()));
            } else {
                MalformedPacketException fault =
                        assertThrows(MalformedPacketException.class, () -> reader.read(in, new RecordingSink()));
                assertEquals(ReasonCode.QUOTA_EXCEEDED, fault.reason());
                assertEquals(ProtocolVersion.MQTT_5, fault.answerAs());
            }
        }
    }

    @Test
    void dropsDiagnosticsThatDoNotFit() {
        Properties all = Properties.builder()
                .reasonString("0123456789")
                .userProperty("0123456789", "0123456789")
                .serverReference("s")
                .build();
        assertEquals(4 + 13 + 25, all.encodedLength());
        int whole = PacketWriter.packetBytes(3 + 1 + all.encodedLength());
        assertSame(all, all.fitting(3, -1));
        assertSame(all, all.fitting(3, whole));
        Properties shorter = all.fitting(3, whole - 1);
        assertTrue(shorter.userProperties().isEmpty());
        assertEquals("0123456789", shorter.reasonString());
        Properties shortest = all.fitting(3, whole - 26);
        assertEquals(null, shortest.reasonString());
        assertEquals("s", shortest.serverReference());
        assertSame(Properties.NONE, Properties.reason("x").fitting(3, 4));
    }

    @Test
    void buildsOnlyWhatIsInRange() {
        PropertiesBuilder builder = Properties.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.receiveMaximum(0));
        assertThrows(IllegalArgumentException.class, () -> builder.receiveMaximum(65_536));
        assertThrows(IllegalArgumentException.class, () -> builder.maximumQos(2));
        assertThrows(IllegalArgumentException.class, () -> builder.sessionExpiryInterval(-1));
        assertThrows(IllegalArgumentException.class, () -> builder.subscriptionIdentifier(0));
        assertThrows(IllegalArgumentException.class, () -> builder.correlationData(new byte[65_536]));
        assertSame(Properties.NONE, builder.build());
        Properties built = builder.topicAliasMaximum(0).build();
        assertEquals(0, built.topicAliasMaximum());
        assertEquals("[TOPIC_ALIAS_MAXIMUM]", built.toString());
        assertEquals(-1, Properties.NONE.topicAliasMaximum());
    }

    @Test
    void doesNotChangeWithItsBuilder() {
        PropertiesBuilder builder = Properties.builder().userProperty("a", "1");
        Properties first = builder.build();
        builder.userProperty("b", "2").reasonString("x");
        assertEquals(1, first.userProperties().size());
        assertEquals(null, first.reasonString());
        assertEquals(2, builder.build().userProperties().size());
    }
}
