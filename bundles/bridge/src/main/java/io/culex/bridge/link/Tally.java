// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import io.culex.api.local.RelaySession;
import io.culex.codec.PacketType;
import java.util.Arrays;

/**
 * Bytes and packets of one bridge that are not in the broker's numbers yet. Those of a connection that never had a session here wait
 * for the next one. On the bridge's loop.
 */
public final class Tally {
    private static final int TYPES = 16;

    private final long[] received = new long[TYPES];
    private final long[] sent = new long[TYPES];
    private long bytesReceived;
    private long bytesSent;

    void received(PacketType type) {
        received[type.code()]++;
    }

    void sent(PacketType type) {
        sent[type.code()]++;
    }

    void bytesReceived(int bytes) {
        bytesReceived += bytes;
    }

    void bytesSent(int bytes) {
        bytesSent += bytes;
    }

    /** Puts it into the broker's numbers, and begins anew. */
    public void report(RelaySession session) {
        session.carried(bytesReceived, bytesSent, received, sent);
        Arrays.fill(received, 0);
        Arrays.fill(sent, 0);
        bytesReceived = 0;
        bytesSent = 0;
    }
}
