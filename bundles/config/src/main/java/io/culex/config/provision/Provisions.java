// SPDX-License-Identifier: Apache-2.0
package io.culex.config.provision;

import io.culex.api.auth.PluginProperties;
import io.culex.api.store.MessageStore;
import io.culex.config.file.BridgeTopic;
import io.culex.config.plugin.PluginFiles;
import io.culex.config.plugin.PluginJar;
import io.culex.config.plugin.PluginSettings;
import io.culex.config.settings.BridgeSettings;
import io.culex.config.settings.Configuration;
import io.culex.config.settings.StorageSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The components that a configuration needs beside the broker. */
public final class Provisions {
    private static final String OURS = "culex-";
    private static final String PIDS = "io.culex.";

    private Provisions() {}

    /** All of them. Blocks on the files that plugins are made from. */
    public static List<Provision> of(Configuration configuration) {
        List<Provision> provisions = new ArrayList<>();
        for (PluginSettings plugin : configuration.extensions().plugins()) {
            if (!plugin.isStore()) {
                provisions.add(plugin(plugin));
            }
        }
        configuration.extensions().bridges().forEach(bridge -> provisions.add(bridge(bridge)));
        StorageSettings storage = configuration.storage();
        if (storage.enabled()) {
            provisions.add(store(storage));
        }
        return provisions;
    }

    private static Provision bridge(BridgeSettings bridge) {
        Map<String, Object> properties = new HashMap<>(bridge.options());
        properties.put("connection", bridge.name());
        // Texts, not arrays: two configurations are compared by their values.
        properties.put("address", String.join(" ", bridge.addresses()));
        properties.put("topic", bridge.topics().stream().map(BridgeTopic::line).collect(Collectors.joining("\n")));
        return new Provision(
                PIDS + "bridge",
                "connection " + bridge.name(),
                properties,
                new Provision.Source(bridge.place(), "", null),
                null,
                false);
    }

    /** It stays as it was made until the next start: the broker knows what it keeps, and no other store does. */
    private static Provision store(StorageSettings storage) {
        return new Provision(
                PIDS + "store.log",
                "the store",
                Map.of("location", storage.location(), "sync", storage.sync()),
                Provision.Source.NONE,
                MessageStore.class.getName(),
                true);
    }

    private static Provision plugin(PluginSettings plugin) {
        Map<String, Object> properties = new HashMap<>(plugin.options());
        if (plugin.denySpecialChars()) {
            properties.put(PluginProperties.DENY_SPECIAL_CHARS, true);
        }
        PluginJar jar = plugin.jar();
        return new Provision(
                jar == null ? pid(plugin.feature()) : jar.pid(),
                plugin.name(),
                properties,
                new Provision.Source(plugin.place(), PluginFiles.contentOf(plugin.options()), jar),
                null,
                false);
    }

    /** The factory PID of one of our features: {@code culex-auth-aclfile} is {@code io.culex.auth.aclfile}. */
    static String pid(String feature) {
        return PIDS + feature.substring(OURS.length()).replace('-', '.');
    }
}
