// SPDX-License-Identifier: Apache-2.0
package io.culex.api.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One complete, valid state of the configuration. What runs is always exactly one of them.
 *
 * @param number grows by one with every attempt in a run
 * @param runId names the run of the broker; configurations of another run open nothing
 * @param broker settings of the whole broker
 * @param listeners in the order of the file
 * @param plugins by name, the number of the generation whose configuration serves it: this one's, or that of an older one
 *     when nothing of the plugin has changed since. A plugin that is not named here may be one that was made by hand
 */
public record Generation(
        long number, String runId, BrokerSettings broker, List<ListenerSettings> listeners, Map<String, Long> plugins) {
    private static final String MARK = "config:";

    public Generation {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(broker, "broker");
        listeners = List.copyOf(listeners);
        plugins = Map.copyOf(plugins);
    }

    /** A generation without plugins of its own. */
    public Generation(long number, String runId, BrokerSettings broker, List<ListenerSettings> listeners) {
        this(number, runId, broker, listeners, Map.of());
    }

    /** The same with these plugins. */
    public Generation with(Map<String, Long> served) {
        return served.equals(plugins) ? this : new Generation(number, runId, broker, listeners, served);
    }

    /**
     * Whether it means the component with this configuration: of a plugin that it configures exactly the one made for it, else
     * one that was made by hand. What another run or a refused attempt made is never meant.
     *
     * @param plugin the value of {@code culex.plugin}
     * @param made the value of {@code culex.generation}, or null
     * @param by the value of {@code culex.origin}, or empty
     */
    public boolean means(String plugin, @Nullable Long made, String by) {
        Long wanted = plugins.get(plugin);
        return wanted == null ? made == null : wanted.equals(made) && by.equals(origin());
    }

    /** What other brokers call this one in the paths of messages that pass several; another one in each run. */
    public String brokerId() {
        String id = runId.replace("-", "");
        return id.substring(0, Math.min(12, id.length()));
    }

    /** The value of {@code culex.origin} in every configuration that this run has made. */
    public String origin() {
        return origin(runId);
    }

    /** The value of {@code culex.origin} in every configuration that a run makes. */
    public static String origin(String runId) {
        return MARK + runId;
    }

    /** Whether a value of {@code culex.origin} says that some run of the configuration has made it. */
    public static boolean isOrigin(String value) {
        return value.startsWith(MARK);
    }
}
