// SPDX-License-Identifier: Apache-2.0
package io.culex.config.view;

import io.culex.config.file.BridgeTopic;
import io.culex.config.file.ConfigDocument;
import io.culex.config.file.Keys;
import io.culex.config.file.Option;
import io.culex.config.file.OptionTable;
import io.culex.config.file.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A configuration as lines of mosquitto.conf, for a person: what is included stands in its place, secrets are masked. */
public final class EffectiveConfig {
    private final ConfigDocument document;
    private final boolean defaults;
    private final List<String> lines = new ArrayList<>();

    /**
     * Of that document.
     *
     * @param defaults whether what is not given is shown with its default, as a comment
     */
    public EffectiveConfig(ConfigDocument document, boolean defaults) {
        this.document = document;
        this.defaults = defaults;
    }

    /** In the order of the file's grammar: the whole broker, then listeners, then bridges. */
    public List<String> lines() {
        if (document.perListener()) {
            lines.add("per_listener_settings true");
        }
        options(document.global(), Set.of(Option.Scope.GLOBAL, Option.Scope.SECURITY));
        for (Section plugin : document.plugins()) {
            if (plugin.has(Keys.PLUGIN_NAME)) {
                add("plugin_load", plugin.required(Keys.PLUGIN_NAME) + " " + plugin.name());
                options(plugin, Set.of());
            }
        }
        plugins(document.global(), "global_plugin");
        for (Section listener : document.listeners()) {
            lines.add("");
            String port = listener.required(Keys.PORT);
            String unix = listener.text(Keys.UNIX_PATH);
            String host = unix == null ? listener.text(Keys.HOST) : unix;
            lines.add("listener " + port + (host == null ? "" : " " + host));
            options(listener, Set.of(Option.Scope.LISTENER, Option.Scope.LISTENER_OR_DEFAULT));
            plugins(listener, "plugin");
        }
        for (Section bridge : document.bridges()) {
            lines.add("");
            lines.add("connection " + bridge.name());
            options(bridge, Set.of(Option.Scope.BRIDGE));
            document.topics(bridge).forEach(topic -> lines.add(line(topic)));
        }
        return lines;
    }

    private void plugins(Section scope, String keyword) {
        for (Section plugin : scope.plugins()) {
            if (plugin.has(Keys.PLUGIN_NAME)) {
                lines.add("plugin_use " + plugin.required(Keys.PLUGIN_NAME));
            } else {
                lines.add(keyword + " " + plugin.name());
                options(plugin, Set.of());
            }
        }
    }

    private void options(Section section, Set<Option.Scope> scopes) {
        section.values().forEach((option, values) -> values.forEach(value -> option(section, option, value)));
        if (!defaults) {
            return;
        }
        for (String name : OptionTable.standard().spellings()) {
            Option option = OptionTable.standard().get(name);
            String initial = option.initial();
            if (initial != null
                    && option.name().equals(name)
                    && scopes.contains(option.scope())
                    && !section.has(name)) {
                lines.add("# " + name + " " + initial);
            }
        }
    }

    private void option(Section section, String option, String value) {
        if (option.equals("log_dest") && value.equals("file")) {
            lines.add("log_dest file " + section.text(Keys.LOG_FILE));
        } else if (option.indexOf(' ') < 0 && !option.equals("port") && !option.equals("bind_address")) {
            add(option, Secrets.mask(option, value));
        }
    }

    private void add(String option, String value) {
        lines.add(option + " " + value);
    }

    private static String line(BridgeTopic topic) {
        return "topic " + quoted(topic.pattern()) + " "
                + topic.direction().name().toLowerCase(Locale.ROOT) + " " + topic.qos() + " "
                + quoted(topic.localPrefix()) + " " + quoted(topic.remotePrefix());
    }

    private static String quoted(String part) {
        return part.isEmpty() || part.indexOf(' ') >= 0 ? '"' + part + '"' : part;
    }
}
