// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import java.util.stream.Stream;

/** Valid packets of every type, side and version, in the shortest form; the notation is that of {@link Wire}. */
final class Corpus {
    private static final String PACKETS =
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
        S5 | 40 03 0001 95
        C5 | 50 03 0001 95
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
        """;

    private Corpus() {}

    /** A packet and the reader that takes it. */
    record Packet(String state, String text) {}

    static Stream<Packet> packets() {
        return PACKETS.lines().map(line -> line.split("\\|")).map(part -> new Packet(part[0].trim(), part[1].trim()));
    }
}
