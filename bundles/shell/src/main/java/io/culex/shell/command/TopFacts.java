// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.shell.print.Facts;

/** What {@code mqtt:top} shows at a time. */
record TopFacts(Rates now, Rates before) {
    private static final int TOPICS = 10;

    Facts all() {
        return new Facts()
                .add("connections", now.value("clients_online"))
                .add("publish_received_per_second", now.perSecond("mqtt_publish_received", before))
                .add("publish_sent_per_second", now.perSecond("mqtt_publish_sent", before))
                .add("publish_dropped_per_second", now.perSecond("mqtt_publish_dropped", before))
                .add("bytes_received_per_second", now.perSecond("bytes_received", before))
                .add("bytes_sent_per_second", now.perSecond("bytes_sent", before))
                .add("connects_per_second", now.perSecond("mqtt_connections", before))
                .add("queued_messages", now.value("queued_messages"))
                .add("heap_bytes", now.value("heap_current"))
                .add("busiest_topics", now.busiest(before, TOPICS));
    }
}
