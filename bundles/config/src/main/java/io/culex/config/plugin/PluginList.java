// SPDX-License-Identifier: Apache-2.0
package io.culex.config.plugin;

import io.culex.config.file.ConfigDocument;
import io.culex.config.file.InvalidConfigException;
import io.culex.config.file.Keys;
import io.culex.config.file.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The plugins of a file: those of plugin lines, and those that the file options of a scope stand for. */
public final class PluginList {
    private static final String PREFIX = "plugin_opt_";
    private static final String DENY_SPECIAL_CHARS = "auth_plugin_deny_special_chars";
    private static final Map<String, String> FILE_OPTIONS = orderedFileOptions();

    private final Map<Section, PluginSettings> ofLines = new LinkedHashMap<>();
    private final Map<String, PluginSettings> ofFiles = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();

    /**
     * Those of plugin lines; reads the jars among them.
     *
     * @throws InvalidConfigException when a line names no plugin
     */
    public PluginList(ConfigDocument document) throws InvalidConfigException {
        for (Section section : document.plugins()) {
            String base = section.has(Keys.PLUGIN_NAME)
                    ? section.required(Keys.PLUGIN_NAME)
                    : PluginNames.baseName(section.name());
            String feature = PluginNames.feature(section.name(), section.place());
            PluginSettings plugin = new PluginSettings(
                    unique(base),
                    feature,
                    options(section),
                    // What our own plugins do about such names is what Mosquitto's do.
                    (PluginNames.isForeign(feature) || section.has(DENY_SPECIAL_CHARS))
                            && section.flag(DENY_SPECIAL_CHARS),
                    section.place(),
                    PluginNames.isForeign(feature) ? PluginJar.read(section.name(), section.place()) : null);
            ofLines.put(section, plugin);
        }
    }

    private static Map<String, String> orderedFileOptions() {
        Map<String, String> features = new LinkedHashMap<>();
        features.put("password_file", "culex-auth-passwordfile");
        features.put("acl_file", "culex-auth-aclfile");
        return features;
    }

    private static Map<String, String> options(Section section) {
        Map<String, String> options = new LinkedHashMap<>();
        section.pluginOptions().forEach((key, value) -> options.put(key.substring(PREFIX.length()), value));
        return options;
    }

    /** Every plugin so far. */
    public List<PluginSettings> all() {
        List<PluginSettings> all = new ArrayList<>(ofLines.values());
        all.addAll(ofFiles.values());
        return all;
    }

    /** The names of the plugins that decide in the scope, plugin lines first; its file options become plugins of that suffix. */
    public List<String> deciding(Section scope, String suffix) {
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
                PluginSettings plugin = ofFiles.computeIfAbsent(
                        option + suffix,
                        name -> new PluginSettings(
                                unique(name), feature, Map.of(option, path), false, scope.place(option), null));
                if (plugin.decides()) {
                    names.add(plugin.name());
                }
            }
        });
        return names;
    }

    /** What {@code plugin_load} calls a plugin must never stand in for another one. */
    private String unique(String base) {
        String name = base;
        for (int i = 2; !taken.add(name); i++) {
            name = base + "." + i;
        }
        return name;
    }
}
