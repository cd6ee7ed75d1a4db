// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import io.culex.api.message.Payload;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * A message of QoS 2 of another broker that came in and is not released there yet. What it was tells whether one that comes again
 * under its Packet Identifier is the same, also over another address of that broker.
 */
final class Taken {
    private final int topic;
    private final int length;
    private final long check;
    private boolean isKept;

    Taken(String topic, Payload payload) {
        this.topic = topic.hashCode();
        this.length = payload.size();
        CRC32C sum = new CRC32C();
        sum.update(topic.getBytes(StandardCharsets.UTF_8));
        sum.update(payload.asBuffer());
        this.check = sum.getValue();
    }

    /** It may be acknowledged. */
    void kept() {
        isKept = true;
    }

    /** Whether that one, sent again, is this one, and kept. */
    boolean has(Taken again) {
        return isKept && again.topic == topic && again.length == length && again.check == check;
    }
}
