// SPDX-License-Identifier: Apache-2.0
package io.culex.config;

import io.culex.config.file.Place;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One component that a generation needs beside the broker (a plugin, a store): what has to stand in its factory
 * configuration, and how to know that it is there.
 *
 * @param pid of the factory, for example {@code io.culex.auth.aclfile}
 * @param name unique in a configuration; becomes {@code culex.plugin}
 * @param properties the component's own settings
 * @param content what else makes it another one when it differs, for example the contents of its files
 * @param service the interface it must offer, by name; null: any, or none when it is active without one
 * @param fixed whether it stays as it was made first until the next start
 * @param place where it is asked for, or null
 */
record Provision(
        String pid,
        String name,
        Map<String, Object> properties,
        String content,
        @Nullable String service,
        boolean fixed,
        @Nullable Place place) {
    Provision {
        properties = Map.copyOf(properties);
    }

    /** A component that is made anew whenever something of it differs. */
    static Provision of(String pid, String name, Map<String, Object> properties) {
        return new Provision(pid, name, properties, "", null, false, null);
    }

    /** Whether a component made for the other one serves this one too. */
    boolean isServedBy(Provision other) {
        return fixed || (pid.equals(other.pid) && properties.equals(other.properties) && content.equals(other.content));
    }
}
