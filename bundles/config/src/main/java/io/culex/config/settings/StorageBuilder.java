// SPDX-License-Identifier: Apache-2.0
package io.culex.config.settings;

import io.culex.config.file.InvalidConfigException;
import io.culex.config.file.Section;
import io.culex.config.plugin.PluginSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of persistence: {@code persistence true}, or Mosquitto's persistence plugin, both of which stand for the same
 * store (SPEC A.4).
 */
final class StorageBuilder {
    private static final String LOCATION_VARIABLE = "MOSQUITTO_PERSISTENCE_LOCATION";

    private final Section global;
    private final Map<String, String> environment;

    StorageBuilder(Section global, Map<String, String> environment) {
        this.global = global;
        this.environment = environment;
    }

    StorageSettings build(List<PluginSettings> plugins) throws InvalidConfigException {
        PluginSettings plugin =
                plugins.stream().filter(PluginSettings::isStore).findFirst().orElse(null);
        boolean persistence = global.flag("persistence");
        if (persistence && plugin != null) {
            throw new InvalidConfigException(
                    "Error: 'persistence true' and a persistence plugin cannot be used together.", plugin.place());
        }
        String location = environment.get(LOCATION_VARIABLE);
        if (location == null) {
            location = global.text("persistence_location");
        }
        return new StorageSettings(
                persistence || plugin != null,
                location == null ? "" : location,
                global.required("persistence_file"),
                plugin == null ? global.required("persistence_sync") : sync(plugin));
    }

    /** What the plugin calls it: SQLite's levels, of which the upper two survive a loss of power. */
    private String sync(PluginSettings plugin) throws InvalidConfigException {
        @Nullable String level = plugin.options().get("sync");
        if (level == null) {
            return global.required("persistence_sync");
        }
        return switch (level) {
            case "off", "normal" -> "os";
            case "full", "extra" -> "fsync";
            default ->
                throw new InvalidConfigException(
                        "Error: Invalid 'plugin_opt_sync' value (" + level + ").", plugin.place());
        };
    }
}
