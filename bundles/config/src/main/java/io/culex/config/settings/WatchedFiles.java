// SPDX-License-Identifier: Apache-2.0
package io.culex.config.settings;

import io.culex.config.file.ConfigDocument;
import io.culex.config.file.Option;
import io.culex.config.file.Setting;
import io.culex.config.plugin.PluginFiles;
import io.culex.config.plugin.PluginJar;
import io.culex.config.plugin.PluginSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that a configuration is made of.
 *
 * @param on {@code config_watch}
 * @param files configuration files and folders, and what options name: passwords, rules, keys, certificates, jars
 */
public record WatchedFiles(boolean on, List<String> files) {
    public WatchedFiles {
        files = List.copyOf(files);
    }

    static WatchedFiles of(ConfigDocument document, List<PluginSettings> plugins) {
        List<String> files = new ArrayList<>(document.files());
        document.settings().stream()
                .filter(setting -> setting.option().type() == Option.Type.FILE)
                .map(Setting::value)
                .forEach(files::add);
        for (PluginSettings plugin : plugins) {
            files.addAll(PluginFiles.of(plugin.options()));
            PluginJar jar = plugin.jar();
            if (jar != null) {
                files.add(jar.path().toString());
            }
        }
        return new WatchedFiles(
                document.global().flag("config_watch"),
                files.stream().distinct().toList());
    }
}
