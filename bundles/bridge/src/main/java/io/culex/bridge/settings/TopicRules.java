// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.settings;

import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.QoS;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code topic} lines of a bridge. Of several that fit a topic the first decides, so that a message goes once.
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

    /** The subscriptions here, by filter, in the order of the lines; retained messages are asked for apart. */
    public Map<String, SubscribeOptions> subscriptions() {
        Map<String, SubscribeOptions> wanted = new LinkedHashMap<>();
        for (TopicRule rule : rules) {
            if (rule.direction().isOut()) {
                wanted.putIfAbsent(rule.localFilter(), new SubscribeOptions(QoS.of(rule.qos()), true, true, 2, 0));
            }
        }
        return wanted;
    }
}
