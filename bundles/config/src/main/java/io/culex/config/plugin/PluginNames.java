// SPDX-License-Identifier: Apache-2.0
package io.culex.config.plugin;

import io.culex.config.file.InvalidConfigException;
import io.culex.config.file.Place;
import java.util.Map;
import java.util.TreeMap;

/** Which feature stands for the shared object that a plugin line names. The file itself need not exist. */
public final class PluginNames {
    private static final String OURS = "culex-";
    private static final String FOREIGN = "culex-plugin-jars";
    private static final Map<String, String> FEATURES = new TreeMap<>(Map.of(
            "jaas", "culex-auth-jaas",
            "mosquitto_dynamic_security", "culex-auth-dynsec",
            "mosquitto_password_file", "culex-auth-passwordfile",
            "mosquitto_acl_file", "culex-auth-aclfile",
            "mosquitto_persist_sqlite", "culex-store-log",
            "cedalo_metrics_prometheus", "culex-metrics-prometheus",
            "cedalo_metrics_influxdb", "culex-metrics-influxdb"));

    private PluginNames() {}

    /** The file's name without folder, {@code lib} and ending. */
    static String baseName(String path) {
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        for (String ending : new String[] {".so", ".dll", ".jar"}) {
            if (name.endsWith(ending)) {
                name = name.substring(0, name.length() - ending.length());
            }
        }
        return name.startsWith("lib") ? name.substring("lib".length()) : name;
    }

    /** Whether the feature is that of jars which are not ours. */
    static boolean isForeign(String feature) {
        return feature.equals(FOREIGN);
    }

    /**
     * The feature that stands for the plugin.
     *
     * @throws InvalidConfigException when there is none
     */
    public static String feature(String path, Place place) throws InvalidConfigException {
        String base = baseName(path);
        String known = FEATURES.get(base);
        if (known != null) {
            return known;
        }
        for (Map.Entry<String, String> entry : FEATURES.entrySet()) {
            if (entry.getKey().startsWith("cedalo_") && base.contains(entry.getKey())) {
                return entry.getValue();
            }
        }
        if (base.startsWith(OURS)) {
            return base;
        }
        if (path.endsWith(".jar")) {
            return FOREIGN;
        }
        throw new InvalidConfigException(
                "Error: There is no plugin '" + base + "'. There are " + String.join(", ", FEATURES.keySet())
                        + ", the features of Culex by name, and OSGi bundles (.jar).",
                place);
    }
}
