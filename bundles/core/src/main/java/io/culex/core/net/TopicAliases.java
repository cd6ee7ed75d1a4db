// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The Topic Aliases that the broker gives to one MQTT 5 client: first come, first served, up to the client's maximum. */
final class TopicAliases {
    /** Nothing is given. */
    static final TopicAliases NONE = new TopicAliases(0);

    private final int maximum;
    private final Map<Topic, Integer> aliases = new HashMap<>();
    private byte[] lastTopic = {};
    private int lastAlias;

    private record Topic(byte[] bytes) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Topic topic && Arrays.equals(bytes, topic.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    TopicAliases(int maximum) {
        this.maximum = maximum;
    }

    boolean isUsed() {
        return maximum > 0;
    }

    /** The alias that the client knows for the topic; 0 when it knows none. */
    int known(byte[] topic) {
        // Topics of one route are one array, so the last one is mostly found without a hash.
        if (topic == lastTopic) {
            return lastAlias;
        }
        int alias = aliases.getOrDefault(new Topic(topic), 0);
        if (alias != 0) {
            lastTopic = topic;
            lastAlias = alias;
        }
        return alias;
    }

    /** Whether another one may be given. */
    boolean hasRoom() {
        return aliases.size() < maximum;
    }

    /** A new alias for a topic without one; only while there is room. The packet that carries it must carry the topic too. */
    int give(byte[] topic) {
        int alias = aliases.size() + 1;
        aliases.put(new Topic(topic), alias);
        return alias;
    }
}
