// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.config.BrokerSettings;
import io.culex.api.config.ListenerSettings;
import java.util.List;
import java.util.Map;

/**
 * Everything that holds now: settings and gates, of one generation. Published by one volatile write, so that nobody ever sees
 * the settings of one generation with the gate of another.
 *
 * @param generation its number; 0 before the first
 * @param broker settings of the whole broker
 * @param scopes by the name of the listener
 * @param brokerId what other brokers call this one
 */
public record Snapshot(long generation, BrokerSettings broker, Map<String, Scope> scopes, String brokerId) {
    /** A listener that is not in the generation: nobody comes in. */
    private static final Scope CLOSED = new Scope(
            new ListenerSettings(
                    "",
                    new ListenerSettings.Binding(0, null, null, null, ListenerSettings.Family.ANY),
                    "mqtt",
                    ListenerSettings.Clients.DEFAULTS,
                    ListenerSettings.Access.CLOSED,
                    Map.of()),
            new Gate(Gate.State.REFUSING, false, List.of()));

    /** Before the first generation: every door is shut. */
    static final Snapshot NONE = new Snapshot(0, BrokerSettings.DEFAULTS, Map.of(), "");

    public Snapshot {
        scopes = Map.copyOf(scopes);
    }

    /** The scope of a listener; a closed one when it is not in this generation. */
    public Scope scope(String listener) {
        return scopes.getOrDefault(listener, CLOSED);
    }
}
