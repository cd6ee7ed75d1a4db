// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import io.culex.api.log.LogType;
import org.jspecify.annotations.Nullable;

/** What the lines of one file belong to: each file begins with no current listener, bridge or plugin. */
final class Scopes {
    private final ConfigDocument document;
    private @Nullable Section listener;
    private @Nullable Section bridge;
    private @Nullable Section plugin;

    Scopes(ConfigDocument document) {
        this.document = document;
    }

    ConfigDocument document() {
        return document;
    }

    void enterListener(Section entered) {
        listener = entered;
    }

    void enterBridge(Section entered) {
        bridge = entered;
    }

    void enterPlugin(Section entered) {
        plugin = entered;
    }

    /** The object that the option belongs to here. */
    Section find(Option option, Statement statement) throws InvalidConfigException {
        return switch (option.scope()) {
            case GLOBAL -> document.global();
            case SECURITY -> security(statement);
            case LISTENER -> listener(statement);
            case LISTENER_OR_DEFAULT -> listener == null ? defaultListener(statement) : listener;
            case NAMED_LISTENER -> namedListener(statement);
            case BRIDGE -> orMissing(bridge, "a bridge", statement);
            case PLUGIN -> orMissing(plugin, "plugin/global_plugin/plugin_load", statement);
        };
    }

    /** The default listener, made and entered when it is not there. */
    Section defaultListener(Statement statement) {
        Section found = document.defaultListener();
        if (found == null) {
            String option = statement.keyword();
            statement.log(LogType.INFORMATION, "Creating default listener due to '" + option + "' option.");
            statement.log(
                    LogType.INFORMATION,
                    "It is best practice to define a 'listener' first. Using the '" + option
                            + "' option without a listener will be disabled in the future.");
            found = document.addDefaultListener(statement.place());
        }
        listener = found;
        return found;
    }

    private Section listener(Statement statement) throws InvalidConfigException {
        return orMissing(listener, "a listener", statement);
    }

    private Section namedListener(Statement statement) throws InvalidConfigException {
        Section named = listener == document.defaultListener() ? null : listener;
        return orMissing(named, "a listener", statement);
    }

    private Section security(Statement statement) throws InvalidConfigException {
        Section found = document.perListener() ? listener(statement) : document.global();
        document.markSecuritySeen();
        return found;
    }

    private static Section orMissing(@Nullable Section section, String what, Statement statement)
            throws InvalidConfigException {
        if (section == null) {
            throw statement.invalid(
                    "Error: The '" + statement.keyword() + "' option requires " + what + " to be defined first.");
        }
        return section;
    }
}
