// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.export;

import io.culex.api.auth.PluginProperties;
import io.culex.api.config.Generation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which configuration an exporter was made by.
 *
 * @param plugin the plugin's name
 * @param generation for which it was made; null: by hand
 * @param origin which run made it; empty: by hand
 */
public record Maker(String plugin, @Nullable Long generation, String origin) {
    /** Out of the properties of a component; {@code name} when nobody has named it. */
    public static Maker of(Map<String, ?> properties, String name) {
        return new Maker(
                properties.get(PluginProperties.NAME) instanceof String given ? given : name,
                properties.get(PluginProperties.GENERATION) instanceof Long number ? number : null,
                properties.get(PluginProperties.ORIGIN) instanceof String mark ? mark : "");
    }

    /** Whether the other one was made for the same generation of the same run; not of what was made by hand. */
    public boolean isMadeWith(Maker other) {
        return generation != null && generation.equals(other.generation) && origin.equals(other.origin);
    }

    /** Whether the generation wants what was made. */
    public boolean isMeantBy(Generation now) {
        return now.means(plugin, generation, origin);
    }
}
