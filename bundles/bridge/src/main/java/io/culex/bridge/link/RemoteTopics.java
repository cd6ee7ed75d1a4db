// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import io.culex.api.message.TopicName;
import io.culex.bridge.settings.TopicRule;
import io.culex.bridge.settings.TopicRules;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What topics here are called there; remembers those that were asked for last. On the loop. */
final class RemoteTopics {
    private static final int MOST = 4096;

    private final TopicRules rules;
    private final Map<String, Known> known = new HashMap<>();
    private Numbers numbers = Numbers.NONE;

    /**
     * A topic there.
     *
     * @param topic as text
     * @param bytes as it goes over the wire
     * @param isPossible whether a message can have it; without its prefix a topic may be empty, with another one too long
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Target(String topic, byte[] bytes, boolean isPossible) {}

    /** The answer for one subscription. */
    private record Known(int identifier, @Nullable Target target) {}

    RemoteTopics(TopicRules rules) {
        this.rules = rules;
    }

    /** Subscriptions have these numbers. */
    void by(Numbers now) {
        numbers = now;
        known.clear();
    }

    /** The topic there of a message that came by a subscription; null: it does not go by that one. */
    @Nullable
    Target of(String topic, int identifier) {
        Known last = known.get(topic);
        if (last == null || last.identifier() != identifier) {
            TopicRule rule = numbers.isFirst(topic, identifier) ? rules.firstOut(topic) : null;
            Target target = null;
            if (rule != null) {
                String there = rule.toRemote(topic);
                target = new Target(there, there.getBytes(StandardCharsets.UTF_8), TopicName.isValid(there));
            }
            last = new Known(identifier, target);
            if (known.size() >= MOST) {
                known.clear();
            }
            known.put(topic, last);
        }
        return last.target();
    }
}
