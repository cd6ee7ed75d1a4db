// SPDX-License-Identifier: Apache-2.0
package io.culex.itests;

import static io.culex.testkit.ProtocolVersion.V5;

import io.culex.testkit.Packet;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;

/**
 * What must end a connection. A server may close without a word; when it gives a reason it is one of those named, or
 * Malformed Packet or Protocol Error, between which the specification often leaves the choice.
 */
public final class Refusals {
    private static final int MALFORMED = 0x81;
    private static final int PROTOCOL_ERROR = 0x82;

    private Refusals() {}

    /** The broker refuses this as the first packet of a version 5 connection. */
    public static void ofConnect(Wire wire, Packet connect, int... codes) {
        ofConnect(wire, connect.encode(V5), codes);
    }

    /** The broker refuses these bytes as the first packet of a version 5 connection. */
    public static void ofConnect(Wire wire, byte[] connect, int... codes) {
        WireClient client = wire.open();
        client.sendRaw(connect);
        wire.unlessLax(() -> expectEnd(client, codes));
    }

    /** The broker ends the connection of a connected version 5 client that sends this. */
    public static void of(Wire wire, Packet packet, int... codes) {
        of(wire, packet.encode(V5), codes);
    }

    /** The broker ends the connection of a connected version 5 client that sends these bytes. */
    public static void of(Wire wire, byte[] packet, int... codes) {
        WireClient client = wire.v5("bad");
        client.sendRaw(packet);
        wire.unlessLax(() -> expectEnd(client, codes));
    }

    /** The broker closes the connection of a connected version 3.1.1 client that sends these bytes. */
    public static void ofVersion3(Wire wire, byte[] packet) {
        WireClient client = wire.connect(ProtocolVersion.V311, wire.as("bad"));
        client.sendRaw(packet);
        wire.unlessLax(client::expectClosed);
    }

    private static void expectEnd(WireClient client, int... codes) {
        int reason = client.expectEnd();
        boolean allowed = reason == -1
                || reason == MALFORMED
                || reason == PROTOCOL_ERROR
                || Arrays.stream(codes).anyMatch(code -> code == reason);
        Assertions.assertTrue(allowed, () -> "refused with 0x" + Integer.toHexString(reason));
    }
}
