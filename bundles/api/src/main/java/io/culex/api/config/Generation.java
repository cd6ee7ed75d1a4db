// SPDX-License-Identifier: Apache-2.0
package io.culex.api.config;

import java.util.List;
import java.util.Objects;

/**
 * One complete, valid state of the configuration. What runs is always exactly one of them.
 *
 * @param number grows by one with every attempt in a run
 * @param runId names the run of the broker; configurations of another run open nothing
 * @param broker settings of the whole broker
 * @param listeners in the order of the file
 */
public record Generation(long number, String runId, BrokerSettings broker, List<ListenerSettings> listeners) {
    public Generation {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(broker, "broker");
        listeners = List.copyOf(listeners);
    }
}
