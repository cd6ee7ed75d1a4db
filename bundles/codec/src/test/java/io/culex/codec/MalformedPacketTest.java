// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.message.ReasonCode;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must be refused: statement or source and the case; the reader's state; the packet; the reason. */
class MalformedPacketTest {
    private static void assertRefused(String state, String packet, ReasonCode reason) throws MalformedPacketException {
        PacketReader reader = Wire.reader(state);
        ByteBuf in = Wire.bytes(packet);
        RecordingSink sink = new RecordingSink();
        MalformedPacketException fault = assertThrows(MalformedPacketException.class, () -> reader.read(in, sink));
        assertEquals(reason, fault.reason(), fault.getMessage());
        assertNotNull(fault.getMessage());
        assertEquals(0, fault.getStackTrace().length);
        assertTrue(sink.packets.isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        MQTT-2.1.2 type 0                            | S5 | 00 00                | MALFORMED_PACKET
        MQTT-2.1.3-1 flags of CONNECT                | S  | 11 LEN <MQTT> 04 02 0000 <a> | MALFORMED_PACKET
        MQTT-2.1.3-1 flags of PUBACK                 | S5 | 41 02 0001           | MALFORMED_PACKET
        MQTT-2.1.3-1 flags of PUBACK                 | S4 | 42 02 0001           | MALFORMED_PACKET
        MQTT-3.6.1-1 flags of PUBREL                 | S5 | 60 02 0001           | MALFORMED_PACKET
        MQTT-3.8.1-1 flags of SUBSCRIBE              | S5 | 80 LEN 0001 00 <a> 00 | MALFORMED_PACKET
        MQTT-3.8.1-1 flags of SUBSCRIBE              | S4 | 8A LEN 0001 <a> 00   | MALFORMED_PACKET
        MQTT-3.10.1-1 flags of UNSUBSCRIBE           | S5 | A0 LEN 0001 00 <a>   | MALFORMED_PACKET
        MQTT-2.1.3-1 flags of PINGREQ                | S5 | C1 00                | MALFORMED_PACKET
        MQTT-3.14.1-1 flags of DISCONNECT            | S5 | E8 00                | MALFORMED_PACKET
        MQTT-3.15.1-1 flags of AUTH                  | S5 | F1 00                | MALFORMED_PACKET
        MQTT-1.5.5 five bytes of remaining length    | S5 | 30 FF FF FF FF 01    | MALFORMED_PACKET
        MQTT-1.5.5-1 padded remaining length         | S5 | C0 80 00             | MALFORMED_PACKET
        MQTT-1.5.5-1 padded CONNECT                  | S  | 10 8E 00 <MQTT> 05 02 0000 00 <a> | MALFORMED_PACKET
        MQTT-3.12.1 PINGREQ with a body              | S5 | C0 01 00             | MALFORMED_PACKET
        3.1.1 3.14 DISCONNECT with a body            | S4 | E0 01 00             | MALFORMED_PACKET
        3.1.1 3.4 PUBACK with three bytes            | S4 | 40 03 0001 00        | MALFORMED_PACKET
        MQTT-3.4.2 PUBACK with one byte              | S5 | 40 01 00             | MALFORMED_PACKET
        MQTT-3.1.0-1 PUBLISH before CONNECT          | S  | 30 LEN <a>           | PROTOCOL_ERROR
        MQTT-3.1.0-1 PINGREQ before CONNECT          | S  | C0 00                | PROTOCOL_ERROR
        MQTT-3.1.0-1 AUTH before CONNECT             | S  | F0 00                | PROTOCOL_ERROR
        MQTT-3.1.0-2 second CONNECT                  | S4 | 10 LEN <MQTT> 04 02 0000 <a> | PROTOCOL_ERROR
        MQTT-3.1.0-2 second CONNECT                  | S5 | 10 LEN <MQTT> 05 02 0000 00 <a> | PROTOCOL_ERROR
        CVE-2021-28166 CONNACK from a client         | S4 | 20 02 00 00          | PROTOCOL_ERROR
        CVE-2021-28166 SUBACK from a client          | S4 | 90 03 0001 00        | PROTOCOL_ERROR
        CVE-2021-28166 UNSUBACK from a client        | S4 | B0 02 0001           | PROTOCOL_ERROR
        CVE-2021-28166 PINGRESP from a client        | S4 | D0 00                | PROTOCOL_ERROR
        MQTT-3.15 AUTH in 3.1.1                      | S4 | F0 00                | PROTOCOL_ERROR
        CONNECT from a server                        | C5 | 10 LEN <MQTT> 05 02 0000 00 <a> | PROTOCOL_ERROR
        SUBSCRIBE from a server                      | C4 | 82 LEN 0001 <a> 00   | PROTOCOL_ERROR
        UNSUBSCRIBE from a server                    | C4 | A2 LEN 0001 <a>      | PROTOCOL_ERROR
        PINGREQ from a server                        | C5 | C0 00                | PROTOCOL_ERROR
        MQTT-3.2.0-1 PUBLISH before CONNACK          | N5 | 30 LEN <a> 00        | PROTOCOL_ERROR
        MQTT-3.2.0-2 second CONNACK                  | C5 | 20 03 00 00 00       | PROTOCOL_ERROR
        3.1.1 3.14 DISCONNECT from a server          | C4 | E0 00                | PROTOCOL_ERROR
        """)
    void refusesFixedHeader(String statement, String state, String packet, ReasonCode reason) throws Exception {
        assertRefused(state, packet, reason);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        MQTT-3.1.2-1 protocol name                   | 10 LEN <MQTX> 04 02 0000 <a>       | UNSUPPORTED_PROTOCOL_VERSION
        MQTT-3.1.2-2 level 6                         | 10 LEN <MQTT> 06 02 0000 00 <a>    | UNSUPPORTED_PROTOCOL_VERSION
        MQTT-3.1.2-2 level 3 with the new name       | 10 LEN <MQTT> 03 02 0000 <a>       | UNSUPPORTED_PROTOCOL_VERSION
        MQTT-3.1.2-2 level 4 with the old name       | 10 LEN <MQIsdp> 04 02 0000 <a>     | UNSUPPORTED_PROTOCOL_VERSION
        MQTT-3.1.2-2 bridge bit at level 5           | 10 LEN <MQTT> 85 02 0000 00 <a>    | UNSUPPORTED_PROTOCOL_VERSION
        MQTT-3.1.2-3 reserved flag                   | 10 LEN <MQTT> 04 03 0000 <a>       | MALFORMED_PACKET
        MQTT-3.1.2-3 reserved flag, v5               | 10 LEN <MQTT> 05 03 0000 00 <a>    | MALFORMED_PACKET
        MQTT-3.1.2-11 will QoS without will          | 10 LEN <MQTT> 05 0A 0000 00 <a>    | PROTOCOL_ERROR
        MQTT-3.1.2-12 will QoS 3                     | 10 LEN <MQTT> 05 1E 0000 00 <a> 00 <w> <p> | MALFORMED_PACKET
        MQTT-3.1.2-13 will retain without will       | 10 LEN <MQTT> 04 22 0000 <a>       | PROTOCOL_ERROR
        3.1.1 MQTT-3.1.2-22 password without name    | 10 LEN <MQTT> 04 42 0000 <a> <p>   | PROTOCOL_ERROR
        SPEC H.1 password without name in 3.1        | 10 LEN <MQIsdp> 03 42 0000 <a> <p> | PROTOCOL_ERROR
        MQTT-3.1.3-3 no client identifier            | 10 LEN <MQTT> 04 02 0000           | MALFORMED_PACKET
        MQTT-3.1.3-4 client identifier not UTF-8     | 10 LEN <MQTT> 04 02 0000 0001 FF   | MALFORMED_PACKET
        MQTT-1.5.4-2 NUL in the client identifier    | 10 LEN <MQTT> 05 02 0000 00 0001 00 | MALFORMED_PACKET
        MQTT-3.1.3-11 will topic not UTF-8           | 10 LEN <MQTT> 05 06 0000 00 <a> 00 0002 C3 28 <p> | MALFORMED_PACKET
        SPEC H.1 empty will topic                    | 10 LEN <MQTT> 04 06 0000 <a> <> <p> | PROTOCOL_ERROR
        MQTT-4.7.1-1 wildcard in the will topic      | 10 LEN <MQTT> 05 06 0000 00 <a> 00 <a/+> <p> | TOPIC_NAME_INVALID
        MQTT-3.1.2-9 will flag without will          | 10 LEN <MQTT> 04 06 0000 <a>       | MALFORMED_PACKET
        MQTT-3.1.3-12 user name not UTF-8            | 10 LEN <MQTT> 04 82 0000 <a> 0001 80 | MALFORMED_PACKET
        MQTT-3.1.2-17 flag without user name         | 10 LEN <MQTT> 04 82 0000 <a>       | MALFORMED_PACKET
        MQTT-3.1.2-19 flag without password          | 10 LEN <MQTT> 04 C2 0000 <a> <u>   | MALFORMED_PACKET
        SPEC H.1 trailing bytes                      | 10 LEN <MQTT> 04 02 0000 <a> 00    | MALFORMED_PACKET
        SPEC H.1 trailing bytes, v5                  | 10 LEN <MQTT> 05 02 0000 00 <a> <u> | MALFORMED_PACKET
        MQTT-3.1.2.11.1 property length beyond end   | 10 LEN <MQTT> 05 02 0000 7F <a>    | MALFORMED_PACKET
        MQTT-3.1.2.11.3 receive maximum 0            | 10 LEN <MQTT> 05 02 0000 [ 21 0000 ] <a> | PROTOCOL_ERROR
        MQTT-3.1.2.11.4 maximum packet size 0        | 10 LEN <MQTT> 05 02 0000 [ 27 00000000 ] <a> | PROTOCOL_ERROR
        MQTT-3.1.2.11.6 request response info 2      | 10 LEN <MQTT> 05 02 0000 [ 19 02 ] <a> | PROTOCOL_ERROR
        MQTT-3.1.2.11.7 request problem info 2       | 10 LEN <MQTT> 05 02 0000 [ 17 02 ] <a> | PROTOCOL_ERROR
        MQTT-3.1.2.11.2 session expiry twice         | 10 LEN <MQTT> 05 02 0000 [ 11 00000001 11 00000001 ] <a> | PROTOCOL_ERROR
        MQTT-3.1.2.11.10 data without method         | 10 LEN <MQTT> 05 02 0000 [ 16 <x> ] <a> | PROTOCOL_ERROR
        MQTT-2.2.2.2 property of another packet      | 10 LEN <MQTT> 05 02 0000 [ 23 0001 ] <a> | MALFORMED_PACKET
        MQTT-2.2.2.2 property that does not exist    | 10 LEN <MQTT> 05 02 0000 [ 7E 01 ] <a> | MALFORMED_PACKET
        MQTT-2.2.2.2 property identifier padded      | 10 LEN <MQTT> 05 02 0000 [ 91 00 00000001 ] <a> | MALFORMED_PACKET
        MQTT-1.5.7 user property without value       | 10 LEN <MQTT> 05 02 0000 [ 26 <k> ] <a> | MALFORMED_PACKET
        CVE-2023-3592 will property of a packet      | 10 LEN <MQTT> 05 06 0000 00 <a> [ 11 00000001 ] <w> <p> | MALFORMED_PACKET
        MQTT-3.1.3.2.2 will delay twice              | 10 LEN <MQTT> 05 06 0000 00 <a> [ 18 00000001 18 00000001 ] <w> <p> | PROTOCOL_ERROR
        MQTT-3.1.3.2.6 will response topic wildcard  | 10 LEN <MQTT> 05 06 0000 00 <a> [ 08 <a/#> ] <w> <p> | PROTOCOL_ERROR
        """)
    void refusesConnect(String statement, String packet, ReasonCode reason) throws Exception {
        assertRefused("S", packet, reason);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        MQTT-3.3.1-4 QoS 3                           | S4 | 36 LEN <a> 0001     | MALFORMED_PACKET
        MQTT-3.3.1-2 DUP at QoS 0                    | S5 | 38 LEN <a> 00       | MALFORMED_PACKET
        MQTT-3.3.2-1 no topic                        | S4 | 30 00               | MALFORMED_PACKET
        MQTT-3.3.2-1 topic beyond the end            | S4 | 30 LEN 0005 61      | MALFORMED_PACKET
        CVE-2021-34432 empty topic                   | S4 | 30 LEN <>           | TOPIC_NAME_INVALID
        MQTT-3.3.2-8 empty topic without alias       | S5 | 30 LEN <> 00        | PROTOCOL_ERROR
        MQTT-3.3.2-2 wildcard +                      | S5 | 30 LEN <a/+/b> 00   | TOPIC_NAME_INVALID
        MQTT-3.3.2-2 wildcard in a long topic        | S4 | 30 LEN <sensors/0123456789/#> | TOPIC_NAME_INVALID
        MQTT-3.3.2-1 topic not UTF-8                 | S5 | 30 LEN 0002 C0 80 00 | MALFORMED_PACKET
        MQTT-1.5.4-1 surrogate in a topic            | S5 | 30 LEN 0003 ED A0 80 00 | MALFORMED_PACKET
        MQTT-1.5.4-2 NUL in a topic                  | S4 | 30 LEN 0003 61 00 62 | MALFORMED_PACKET
        MQTT-1.5.4 control character in a topic      | S4 | 30 LEN 000A 61616161 1F 6262626262 | MALFORMED_PACKET
        MQTT-1.5.4 U+0085 in a topic                 | S4 | 30 LEN 0002 C2 85   | MALFORMED_PACKET
        MQTT-1.5.4 U+FFFF in a topic                 | S4 | 30 LEN 0003 EF BF BF | MALFORMED_PACKET
        MQTT-2.2.1-3 packet identifier 0             | S4 | 32 LEN <a> 0000     | PROTOCOL_ERROR
        MQTT-2.2.1-3 no packet identifier            | S5 | 34 LEN <a>          | MALFORMED_PACKET
        MQTT-3.3.2.3.1 no property length            | S5 | 30 LEN <a>          | MALFORMED_PACKET
        MQTT-3.3.2.3.1 properties beyond the end     | S5 | 30 LEN <a> 05 01 01 | MALFORMED_PACKET
        MQTT-1.5.5-1 padded property length          | S5 | 30 LEN <a> 80 00    | MALFORMED_PACKET
        MQTT-3.3.2.3.2 format indicator 2            | S5 | 30 LEN <a> [ 01 02 ] | PROTOCOL_ERROR
        MQTT-3.3.2.3.2 format indicator twice        | S5 | 30 LEN <a> [ 01 01 01 01 ] | PROTOCOL_ERROR
        MQTT-3.3.2.3.3 expiry cut off                | S5 | 30 LEN <a> [ 02 0000 ] 0000 | MALFORMED_PACKET
        MQTT-3.3.2-8 topic alias 0                   | S5 | 30 LEN <a> [ 23 0000 ] | TOPIC_ALIAS_INVALID
        MQTT-3.3.2.3.4 topic alias twice             | S5 | 30 LEN <a> [ 23 0001 23 0001 ] | PROTOCOL_ERROR
        MQTT-3.3.2-14 response topic with wildcard   | S5 | 30 LEN <a> [ 08 <r/+> ] | PROTOCOL_ERROR
        MQTT-4.7.3-1 empty response topic            | S5 | 30 LEN <a> [ 08 <> ] | PROTOCOL_ERROR
        MQTT-3.3.2-13 response topic not UTF-8       | S5 | 30 LEN <a> [ 08 0001 FF ] | MALFORMED_PACKET
        MQTT-3.3.2-19 content type not UTF-8         | S5 | 30 LEN <a> [ 03 0001 FF ] | MALFORMED_PACKET
        MQTT-3.3.2-17 user property not UTF-8        | S5 | 30 LEN <a> [ 26 <k> 0001 FF ] | MALFORMED_PACKET
        MQTT-3.3.4-6 subscription identifier         | S5 | 30 LEN <a> [ 0B 01 ] | PROTOCOL_ERROR
        MQTT-3.3.2.3.8 subscription identifier 0     | C5 | 30 LEN <a> [ 0B 00 ] | PROTOCOL_ERROR
        MQTT-2.2.2.2 property of CONNECT             | S5 | 30 LEN <a> [ 21 0001 ] | MALFORMED_PACKET
        MQTT-2.2.2.2 unknown property                | S5 | 30 LEN <a> [ 00 ]   | MALFORMED_PACKET
        """)
    void refusesPublish(String statement, String state, String packet, ReasonCode reason) throws Exception {
        assertRefused(state, packet, reason);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        MQTT-2.2.1-3 SUBSCRIBE with identifier 0     | S4 | 82 LEN 0000 <a> 00      | PROTOCOL_ERROR
        MQTT-3.8.3-2 SUBSCRIBE without filter        | S4 | 82 LEN 0001             | PROTOCOL_ERROR
        MQTT-3.8.3-2 SUBSCRIBE without filter, v5    | S5 | 82 LEN 0001 00          | PROTOCOL_ERROR
        MQTT-3.8.3-1 filter not UTF-8                | S4 | 82 LEN 0001 0001 FF 00  | MALFORMED_PACKET
        MQTT-3.8.3 filter without options            | S4 | 82 LEN 0001 <a>         | MALFORMED_PACKET
        3.1.1 MQTT-3-8.3-4 QoS 3                     | S4 | 82 LEN 0001 <a> 03      | MALFORMED_PACKET
        3.1.1 MQTT-3-8.3-4 reserved bits             | S4 | 82 LEN 0001 <a> 04      | MALFORMED_PACKET
        SPEC H.1 QoS 3 in 3.1                        | S3 | 82 LEN 0001 <a> 03      | MALFORMED_PACKET
        MQTT-3.8.3.1 QoS 3 in v5                     | S5 | 82 LEN 0001 00 <a> 03   | PROTOCOL_ERROR
        MQTT-3.8.3.1 retain handling 3               | S5 | 82 LEN 0001 00 <a> 30   | PROTOCOL_ERROR
        MQTT-3.8.3-5 reserved option                 | S5 | 82 LEN 0001 00 <a> 40   | MALFORMED_PACKET
        MQTT-3.8.3-4 no local on a share             | S5 | 82 LEN 0001 00 <$share/g/a> 04 | PROTOCOL_ERROR
        MQTT-4.7.3-1 empty filter                    | S4 | 82 LEN 0001 <> 00       | TOPIC_FILTER_INVALID
        MQTT-4.7.1-1 # not last                      | S5 | 82 LEN 0001 00 <a/#/b> 00 | TOPIC_FILTER_INVALID
        MQTT-4.7.1-2 + in a level                    | S5 | 82 LEN 0001 00 <a/b+> 00 | TOPIC_FILTER_INVALID
        MQTT-4.8.2-1 share without filter            | S5 | 82 LEN 0001 00 <$share/g> 00 | TOPIC_FILTER_INVALID
        MQTT-4.8.2-2 wildcard in a share name        | S5 | 82 LEN 0001 00 <$share/g+/a> 00 | TOPIC_FILTER_INVALID
        MQTT-3.8.2.1.2 subscription identifier 0     | S5 | 82 LEN 0001 [ 0B 00 ] <a> 00 | PROTOCOL_ERROR
        MQTT-3.8.2.1.2 subscription identifier twice | S5 | 82 LEN 0001 [ 0B 01 0B 02 ] <a> 00 | PROTOCOL_ERROR
        MQTT-2.2.2.2 reason string in SUBSCRIBE      | S5 | 82 LEN 0001 [ 1F <x> ] <a> 00 | MALFORMED_PACKET
        MQTT-2.2.1-3 UNSUBSCRIBE with identifier 0   | S5 | A2 LEN 0000 00 <a>      | PROTOCOL_ERROR
        MQTT-3.10.3-2 UNSUBSCRIBE without filter     | S4 | A2 LEN 0001             | PROTOCOL_ERROR
        MQTT-3.10.3-1 UNSUBSCRIBE not UTF-8          | S4 | A2 LEN 0001 0001 80     | MALFORMED_PACKET
        MQTT-4.7.1-1 UNSUBSCRIBE of a bad filter     | S4 | A2 LEN 0001 <a#>        | TOPIC_FILTER_INVALID
        MQTT-3.10.2.1 property of SUBSCRIBE          | S5 | A2 LEN 0001 [ 0B 01 ] <a> | MALFORMED_PACKET
        CVE-2024-10525 SUBACK without codes          | C5 | 90 LEN 0001 00          | PROTOCOL_ERROR
        CVE-2024-10525 SUBACK without codes          | C4 | 90 LEN 0001             | PROTOCOL_ERROR
        MQTT-3.9.3-2 SUBACK with an unknown code     | C5 | 90 LEN 0001 00 03       | PROTOCOL_ERROR
        3.1.1 MQTT-3.9.3-2 SUBACK code               | C4 | 90 LEN 0001 03          | PROTOCOL_ERROR
        MQTT-3.11.3-2 UNSUBACK with an unknown code  | C5 | B0 LEN 0001 00 01       | PROTOCOL_ERROR
        MQTT-3.11.3-1 UNSUBACK without codes         | C5 | B0 LEN 0001 00          | PROTOCOL_ERROR
        """)
    void refusesSubscriptions(String statement, String state, String packet, ReasonCode reason) throws Exception {
        assertRefused(state, packet, reason);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        MQTT-2.2.1-3 PUBACK with identifier 0        | S4 | 40 02 0000              | PROTOCOL_ERROR
        MQTT-3.4.2-1 PUBACK with code of PUBREL      | S5 | 40 03 0001 92           | PROTOCOL_ERROR
        MQTT-3.5.2-1 PUBREC with an unknown code     | S5 | 50 03 0001 01           | PROTOCOL_ERROR
        MQTT-3.6.2-1 PUBREL with code of PUBACK      | S5 | 62 03 0001 10           | PROTOCOL_ERROR
        MQTT-3.7.2-1 PUBCOMP with an unknown code    | S5 | 70 03 0001 FF           | PROTOCOL_ERROR
        MQTT-3.4.2.2.2 reason string twice           | S5 | 40 LEN 0001 00 [ 1F <a> 1F <a> ] | PROTOCOL_ERROR
        MQTT-3.4.2 PUBACK with trailing bytes        | S5 | 40 LEN 0001 00 00 00    | MALFORMED_PACKET
        MQTT-2.2.2.2 PUBCOMP with server reference   | S5 | 70 LEN 0001 00 [ 1C <a> ] | MALFORMED_PACKET
        MQTT-3.14.2-1 DISCONNECT code of a server    | S5 | E0 01 8E                | PROTOCOL_ERROR
        MQTT-3.14.2-1 DISCONNECT code of a client    | C5 | E0 01 04                | PROTOCOL_ERROR
        MQTT-3.14.2-2 session expiry from a server   | C5 | E0 LEN 00 [ 11 00000001 ] | PROTOCOL_ERROR
        MQTT-3.14.2 DISCONNECT with trailing bytes   | S5 | E0 LEN 00 00 00         | MALFORMED_PACKET
        MQTT-3.15.2-1 AUTH success from a client     | S5 | F0 00                   | PROTOCOL_ERROR
        MQTT-3.15.2-1 re-authenticate from a server  | C5 | F0 LEN 19 [ 15 <m> ]    | PROTOCOL_ERROR
        MQTT-3.15.2.2.2 AUTH without method          | S5 | F0 LEN 18 00            | PROTOCOL_ERROR
        MQTT-3.15.2.2.2 AUTH with the method twice   | S5 | F0 LEN 18 [ 15 <m> 15 <m> ] | PROTOCOL_ERROR
        MQTT-3.15.2.2.1 AUTH without property length | S5 | F0 LEN 18               | MALFORMED_PACKET
        MQTT-3.2.2-1 CONNACK with reserved flags     | N5 | 20 03 02 00 00          | MALFORMED_PACKET
        MQTT-3.2.2-6 session present in a refusal    | N4 | 20 02 01 05             | PROTOCOL_ERROR
        MQTT-3.2.2-8 CONNACK with an unknown code    | N5 | 20 03 00 01 00          | PROTOCOL_ERROR
        3.1.1 3.2.2.3 return code 6                  | N4 | 20 02 00 06             | PROTOCOL_ERROR
        MQTT-3.2.2.3.4 maximum QoS 2                 | N5 | 20 LEN 00 00 [ 24 02 ]  | PROTOCOL_ERROR
        MQTT-3.2.2.3.3 receive maximum 0             | N5 | 20 LEN 00 00 [ 21 0000 ] | PROTOCOL_ERROR
        MQTT-3.2.2 CONNACK with trailing bytes       | N4 | 20 03 00 00 00          | MALFORMED_PACKET
        """)
    void refusesReasonsAndReplies(String statement, String state, String packet, ReasonCode reason) throws Exception {
        assertRefused(state, packet, reason);
    }
}
