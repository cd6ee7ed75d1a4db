// SPDX-License-Identifier: Apache-2.0
package io.culex.config.provision;

import io.culex.config.file.Place;
import io.culex.config.plugin.PluginJar;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One component that a generation needs beside the broker (a plugin, a store): what has to stand in its factory
 * configuration, and how to know that it is there.
 *
 * @param pid of the factory, for example {@code io.culex.auth.aclfile}
 * @param name unique in a configuration; becomes {@code culex.plugin}
 * @param properties the component's own settings
 * @param source what else it is made of
 * @param service the interface it must offer, by name; null: any, or none when it is active without one
 * @param fixed whether it stays as it was made first until the next start
 */
public record Provision(
        String pid,
        String name,
        Map<String, Object> properties,
        Source source,
        @Nullable String service,
        boolean fixed) {
    /**
     * What a component is made of beside its settings.
     *
     * @param place where it is asked for, or null
     * @param content of its files, or a digest of it
     * @param jar that brings it, or null when it is one of ours
     */
    public record Source(@Nullable Place place, String content, @Nullable PluginJar jar) {
        /** Nothing else. */
        static final Source NONE = new Source(null, "", null);
    }

    public Provision {
        properties = Map.copyOf(properties);
    }

    /** Whether a component made for the other one serves this one too. */
    boolean isServedBy(Provision other) {
        return fixed
                || (pid.equals(other.pid)
                        && properties.equals(other.properties)
                        && source.content.equals(other.source.content)
                        && location().equals(other.location()));
    }

    /** The bundle that may take the configuration: that of its jar, else any, for a plugin may be updated. */
    String location() {
        PluginJar jar = source.jar;
        return jar == null ? "?" : JarBundles.location(jar);
    }
}
