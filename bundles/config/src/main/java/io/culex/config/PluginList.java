// SPDX-License-Identifier: Apache-2.0
package io.culex.config;

import io.culex.config.file.ConfigDocument;
import io.culex.config.file.InvalidConfigException;
import io.culex.config.file.Keys;
import io.culex.config.file.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The plugins of a file: those of plugin lines, and those that the file options of a scope stand for. */
final class PluginList {
    private static final String PREFIX = "plugin_opt_";
    private static final Map<String, String> FILE_OPTIONS = orderedFileOptions();

    private final Map<Section, PluginSettings> ofLines = new LinkedHashMap<>();
    private final List<PluginSettings> all = new ArrayList<>();

    PluginList(ConfigDocument document) throws InvalidConfigException {
        Map<String, Integer> uses = new HashMap<>();
        for (Section section : document.plugins()) {
            String base = section.has(Keys.PLUGIN_NAME)
                    ? section.required(Keys.PLUGIN_NAME)
                    : PluginNames.baseName(section.name());
            int use = uses.merge(base, 1, Integer::sum);
            PluginSettings plugin = new PluginSettings(
                    use == 1 ? base : base + "." + use,
                    PluginNames.feature(section.name(), section.place()),
                    options(section),
                    section.place());
            ofLines.put(section, plugin);
            all.add(plugin);
        }
    }

    private static Map<String, String> orderedFileOptions() {
        Map<String, String> features = new LinkedHashMap<>();
        features.put("password_file", "culex-auth-passwordfile");
        features.put("acl_file", "culex-auth-aclfile");
        features.put("psk_file", "culex-auth-psk");
        return features;
    }

    private static Map<String, String> options(Section section) {
        Map<String, String> options = new LinkedHashMap<>();
        section.pluginOptions().forEach((key, value) -> options.put(key.substring(PREFIX.length()), value));
        return options;
    }

    /** Every plugin so far. */
    List<PluginSettings> all() {
        return List.copyOf(all);
    }

    /** The names of the plugins that decide in the scope, plugin lines first; its file options become plugins of that suffix. */
    List<String> deciding(Section scope, String suffix) {
        List<String> names = new ArrayList<>();
        for (Section line : scope.plugins()) {
            PluginSettings plugin = ofLines.get(line);
            if (plugin != null && plugin.decides()) {
                names.add(plugin.name());
            }
        }
        FILE_OPTIONS.forEach((option, feature) -> {
            String path = scope.text(option);
            if (path != null) {
                String name = option + suffix;
                names.add(name);
                if (all.stream().noneMatch(plugin -> plugin.name().equals(name))) {
                    all.add(new PluginSettings(name, feature, Map.of(option, path), scope.place(option)));
                }
            }
        });
        return names;
    }
}
