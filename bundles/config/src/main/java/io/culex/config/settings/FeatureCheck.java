// SPDX-License-Identifier: Apache-2.0
package io.culex.config.settings;

import io.culex.api.log.LogType;
import io.culex.config.file.ConfigDocument;
import io.culex.config.file.InvalidConfigException;
import io.culex.config.file.LogLine;
import io.culex.config.file.Option;
import io.culex.config.file.Setting;
import io.culex.config.plugin.PluginNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the options of a file against the features that are installed. One that restricts access or encrypts is refused
 * without its feature: a broker that ignored it would stand open. The others are warned of.
 */
final class FeatureCheck {
    private final Features features;

    FeatureCheck(Features features) {
        this.features = features;
    }

    /** Returns the warnings. */
    List<LogLine> check(ConfigDocument document) throws InvalidConfigException {
        Set<String> warnings = new LinkedHashSet<>();
        for (Setting setting : document.settings()) {
            String feature = missing(setting);
            if (feature == null) {
                continue;
            }
            String text = "'" + setting.keyword() + "' needs the feature " + feature + ", which is not installed.";
            Option.Need need = setting.option().needs();
            if (need != null && need.restricts()) {
                throw new InvalidConfigException("Error: " + text, setting.place());
            }
            warnings.add("Warning: " + text);
        }
        List<LogLine> log = new ArrayList<>();
        warnings.forEach(text -> log.add(new LogLine(LogType.WARNING, text)));
        return log;
    }

    private @Nullable String missing(Setting setting) throws InvalidConfigException {
        Option.Need need = setting.option().needs();
        if (need == null || isOff(setting)) {
            return null;
        }
        String feature =
                switch (need.feature()) {
                    case "plugin" -> PluginNames.feature(setting.value(), setting.place());
                    case "protocol" -> protocol(setting.value());
                    default -> need.feature();
                };
        return feature.isEmpty() || features.has(feature) ? null : feature;
    }

    private static boolean isOff(Setting setting) {
        return setting.option().type() != Option.Type.STRING && setting.value().equals("false");
    }

    private static String protocol(String name) {
        return switch (name) {
            case "websockets" -> "culex-transport-websocket";
            case "http_api" -> "culex-transport-http";
            default -> "";
        };
    }
}
