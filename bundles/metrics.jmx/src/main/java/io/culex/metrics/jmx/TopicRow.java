// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.jmx;

import io.culex.api.admin.TopicSeen;

/** A topic as JMX shows it. */
public final class TopicRow {
    private final TopicSeen seen;

    TopicRow(TopicSeen seen) {
        this.seen = seen;
    }

    /** The Topic Name. */
    public String getTopic() {
        return seen.topic();
    }

    /** How many messages were published to it. */
    public long getCount() {
        return seen.count();
    }

    /** Who did so last. */
    public String getLastClientId() {
        return seen.lastClientId();
    }

    /** When, as text. */
    public String getLast() {
        return seen.last().toString();
    }
}
