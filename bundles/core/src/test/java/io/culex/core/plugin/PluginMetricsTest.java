// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Access;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.ListenerSettings;
import io.culex.testkit.RecordedLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PluginMetricsTest {
    private static final Subject SOMEONE = new Subject("client", "user", Peer.of("door", null));

    private final Current current = new Current();
    private final PluginMetrics metrics = new PluginMetrics(current);

    /** Allows {@code allowed}, fails at {@code fails}, denies the rest. */
    private final Authorizer authorizer = new Authorizer() {
        @Override
        public Verdict check(Access access, Subject subject, String topic) {
            if (topic.equals("fails")) {
                throw new IllegalStateException("a plugin of the test fails");
            }
            return topic.equals("allowed") ? Verdict.ALLOW : Verdict.DENY;
        }

        @Override
        public long changes() {
            return 0;
        }
    };

    private static Scope scope(Gate gate) {
        return new Scope(
                new ListenerSettings(
                        "door",
                        new ListenerSettings.Binding(0, null, null, null, ListenerSettings.Family.ANY),
                        "mqtt",
                        ListenerSettings.Clients.DEFAULTS,
                        ListenerSettings.Access.CLOSED,
                        Map.of()),
                gate);
    }

    private Map<String, Double> read() {
        Map<String, Double> values = new HashMap<>();
        metrics.metrics().forEach(metric -> metric.reader()
                .accept((value, labels) -> values.put(metric.name() + " " + String.join(",", labels), value)));
        return values;
    }

    @Test
    void whatAPluginIsAskedIsCountedOnceForAllItsListeners() {
        Plugin plugin = new Plugin(new Guard("acl", new RecordedLog()), null, null, authorizer, null);
        Gate gate = new Gate(Gate.State.OPEN, false, List.of(plugin));
        current.set(new Snapshot(1, BrokerSettings.DEFAULTS, Map.of("door", scope(gate), "other", scope(gate)), ""));
        for (String topic : List.of("allowed", "denied", "denied", "fails")) {
            gate.allows(Access.READ, SOMEONE, topic);
        }
        assertEquals(4, read().get("plugin_calls acl"));
        assertEquals(3, read().get("plugin_refusals acl"));
        assertEquals(1, read().get("plugin_failures acl"));
        assertEquals(0, read().get("plugin_calls_open acl"));
        assertTrue(read().getOrDefault("plugin_call_seconds acl", 0.0) > 0);
        assertEquals(5, read().size());
    }

    @Test
    void whatIsGoneIsNotShown() {
        assertEquals(Map.of(), read());
    }
}
