// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.auth.PluginProperties;
import io.culex.api.config.Generation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which plugin a service is of, and for which generation it was made, as its properties say.
 *
 * @param plugin the plugin's name; empty: of none
 * @param generation null: made by hand
 * @param origin the run that made it; empty: made by hand
 */
record Belonging(String plugin, @Nullable Long generation, String origin) {
    static Belonging of(Map<String, Object> properties) {
        return new Belonging(
                properties.get(PluginProperties.NAME) instanceof String name ? name : "",
                properties.get(PluginProperties.GENERATION) instanceof Long number ? number : null,
                properties.get(PluginProperties.ORIGIN) instanceof String mark ? mark : "");
    }

    /** Whether the generation means this service. */
    boolean isMeantBy(Generation now) {
        return now.means(plugin, generation, origin);
    }
}
