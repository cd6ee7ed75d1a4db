// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.settings;

import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.QoS;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code topic} lines of a bridge. Of several that fit a topic the first decides, so that a message goes once. A
 * subscription here carries the number of its line as Subscription Identifier, from 1 on.
 *
 * @param rules in the order of the file
 */
public record TopicRules(List<TopicRule> rules) {
    public TopicRules {
        rules = List.copyOf(rules);
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("Error: Invalid bridge configuration: no topics defined.");
        }
    }

    /** The line by which a message goes out that came by a subscription; null: it does not go by that one. */
    public @Nullable TopicRule out(String topic, int identifier) {
        TopicRule first = firstOut(topic);
        int by = identifier - 1;
        // One that was queued under another configuration has the number of a line that may be another one now.
        boolean isLine = by >= 0 && by < rules.size() && rules.get(by).takesOut(topic);
        return first == null || !isLine || first.equals(rules.get(by)) ? first : null;
    }

    /** The first line by which a topic here goes out, or null. */
    public @Nullable TopicRule firstOut(String topic) {
        for (TopicRule rule : rules) {
            if (rule.takesOut(topic)) {
                return rule;
            }
        }
        return null;
    }

    /** Whether messages go out at QoS 2. */
    public boolean sendsQos2() {
        return rules.stream().anyMatch(rule -> rule.direction().isOut() && rule.qos() == 2);
    }

    /** The first line by which a topic there comes in, or null. */
    public @Nullable TopicRule firstIn(String topic) {
        for (TopicRule rule : rules) {
            if (rule.takesIn(topic)) {
                return rule;
            }
        }
        return null;
    }

    /** The subscriptions here, by filter; retained messages are asked for apart. */
    public Map<String, SubscribeOptions> subscriptions() {
        Map<String, SubscribeOptions> wanted = new LinkedHashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            TopicRule rule = rules.get(i);
            if (rule.direction().isOut()) {
                wanted.putIfAbsent(rule.localFilter(), new SubscribeOptions(QoS.of(rule.qos()), true, true, 2, i + 1));
            }
        }
        return wanted;
    }
}
