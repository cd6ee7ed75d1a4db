// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import io.culex.api.log.LogType;
import java.util.HashMap;
import java.util.Map;

/** Takes the lines of one file: finds the option, the object it belongs to, and the code for options that have some. */
final class Dispatch {
    /** The code of an option whose value is more than one checked word or text. */
    interface Handler {
        /** Takes the line; returns the value for the check of features. */
        String take(Option option, Statement statement) throws InvalidConfigException;
    }

    private final Scopes scopes;
    private final Map<String, Handler> handlers = new HashMap<>();

    Dispatch(Scopes scopes, ConfigReader reader) {
        this.scopes = scopes;
        new GeneralLines(scopes, reader).register(handlers);
        new ListenerLines(scopes).register(handlers);
        new PluginLines(scopes).register(handlers);
        new BridgeLines(scopes).register(handlers);
    }

    void take(Statement statement) throws InvalidConfigException {
        Option option = OptionTable.standard().find(statement.keyword());
        if (option == null) {
            throw statement.invalid("Error: Unknown configuration variable '" + statement.keyword() + "'.");
        }
        statement.log(option.notices());
        String value = value(option, statement);
        if (option.needs() != null) {
            scopes.document().add(new Setting(option, statement.keyword(), value, statement.place()));
        }
    }

    private String value(Option option, Statement statement) throws InvalidConfigException {
        Handler handler = handlers.get(option.name());
        if (handler != null) {
            return handler.take(option, statement);
        }
        if (option.type() == Option.Type.IGNORED) {
            return "";
        }
        Section section = scopes.find(option, statement);
        if (option.name().equals("allow_anonymous") && scopes.document().perListener()) {
            statement.log(
                    LogType.NOTICE,
                    "You are using the 'allow_anonymous' option with 'per_listener_settings true'."
                            + " Please replace this with 'listener_allow_anonymous'.");
        }
        String value = ValueParser.parse(option, statement);
        section.put(option, value, statement);
        return value;
    }
}
