// SPDX-License-Identifier: Apache-2.0
package io.culex.config.plugin;

import io.culex.config.file.Place;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One plugin that the file asks for.
 *
 * @param name by which listeners ask for it; unique in a configuration
 * @param feature that brings it
 * @param options under their names without {@code plugin_opt_}; the path of a file option under the option's name
 * @param denySpecialChars {@code auth_plugin_deny_special_chars}
 * @param place where it is asked for
 * @param jar that brings it, or null when it is one of ours
 */
public record PluginSettings(
        String name,
        String feature,
        Map<String, String> options,
        boolean denySpecialChars,
        Place place,
        @Nullable PluginJar jar) {
    public PluginSettings {
        options = Map.copyOf(options);
    }

    /** Whether it decides who may come in and what they may do, so that doors wait for it. */
    boolean decides() {
        if (jar != null) {
            return jar.decides();
        }
        return !feature.startsWith("culex-metrics-") && !feature.startsWith("culex-gateway-") && !isStore();
    }

    /** Whether it stands for the store, which the options of persistence configure. */
    public boolean isStore() {
        return feature.startsWith("culex-store-");
    }
}
