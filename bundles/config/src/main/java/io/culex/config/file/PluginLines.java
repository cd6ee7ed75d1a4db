// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines that name plugins and give them their options. */
final class PluginLines {
    private static final int MIN_KEY = 3;

    private final Scopes scopes;

    PluginLines(Scopes scopes) {
        this.scopes = scopes;
    }

    void register(Map<String, Dispatch.Handler> handlers) {
        handlers.put("plugin", this::plugin);
        handlers.put("global_plugin", this::globalPlugin);
        handlers.put("plugin_load", this::pluginLoad);
        handlers.put("plugin_use", this::pluginUse);
        handlers.put("plugin_opt_*", this::pluginOption);
    }

    private String plugin(Option option, Statement statement) throws InvalidConfigException {
        return attach(scopes.find(option, statement), statement);
    }

    private String globalPlugin(Option option, Statement statement) throws InvalidConfigException {
        scopes.document().markSecuritySeen();
        return attach(scopes.document().global(), statement);
    }

    private String attach(Section scope, Statement statement) throws InvalidConfigException {
        String path = PathValue.parse(statement);
        Section plugin = scopes.document().addPlugin(path, statement.place());
        scope.attach(plugin);
        scopes.enterPlugin(plugin);
        return path;
    }

    private String pluginLoad(Option option, Statement statement) throws InvalidConfigException {
        String name = statement.word();
        if (find(name) != null) {
            throw statement.invalid("Error: Duplicate plugin name '" + name + "'.");
        }
        String path = PathValue.parse(statement);
        Section plugin = scopes.document().addPlugin(path, statement.place());
        plugin.set(Keys.PLUGIN_NAME, name);
        scopes.enterPlugin(plugin);
        return path;
    }

    private String pluginUse(Option option, Statement statement) throws InvalidConfigException {
        Section listener = scopes.find(option, statement);
        String name = statement.text();
        Section plugin = find(name);
        if (plugin == null) {
            throw statement.invalid("Error: Plugin '" + name + "' not previously loaded.");
        }
        listener.attach(plugin);
        scopes.enterPlugin(plugin);
        return plugin.name();
    }

    private @Nullable Section find(String name) {
        for (Section plugin : scopes.document().plugins()) {
            if (name.equals(plugin.text(Keys.PLUGIN_NAME))) {
                return plugin;
            }
        }
        return null;
    }

    private String pluginOption(Option option, Statement statement) throws InvalidConfigException {
        Section plugin = scopes.find(option, statement);
        String keyword = statement.keyword();
        String key = keyword.substring(keyword.indexOf("_opt_") + "_opt_".length());
        if (key.length() < MIN_KEY) {
            throw statement.invalid("Error: Invalid 'plugin_opt_' config option.");
        }
        String value = statement.text();
        plugin.set("plugin_opt_" + key, value);
        return value;
    }
}
