// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import io.culex.api.log.LogType;
import java.util.Map;

/** The lines that are about the file itself or the log. */
final class GeneralLines {
    private final Scopes scopes;
    private final ConfigReader reader;

    GeneralLines(Scopes scopes, ConfigReader reader) {
        this.scopes = scopes;
        this.reader = reader;
    }

    void register(Map<String, Dispatch.Handler> handlers) {
        handlers.put("per_listener_settings", this::perListenerSettings);
        handlers.put("include_dir", this::includeDir);
        handlers.put("log_dest", this::logDest);
    }

    /** Once true it stays true, and it comes before what it changes. */
    private String perListenerSettings(Option option, Statement statement) throws InvalidConfigException {
        ConfigDocument document = scopes.document();
        if (document.perListener()) {
            return "true";
        }
        boolean on = ValueParser.bool(statement);
        if (on && document.securitySeen()) {
            throw statement.invalid("Error: per_listener_settings must be set before any other security settings.");
        }
        if (on) {
            document.setPerListener();
        }
        return String.valueOf(on);
    }

    private String includeDir(Option option, Statement statement) throws InvalidConfigException {
        if (statement.place().includedAt() != null) {
            throw statement.invalid("Error: The include_dir option is only valid in the main configuration file.");
        }
        String dir = PathValue.parse(statement);
        scopes.document().addFile(dir);
        for (String file : reader.filesIn(dir, statement)) {
            statement.log(LogType.INFORMATION, "Loading config file '" + file + "'");
            reader.readFile(file, statement.place());
        }
        return dir;
    }

    private String logDest(Option option, Statement statement) throws InvalidConfigException {
        String word = statement.word();
        Check check = option.checks().get(0);
        if (!check.allows(word)) {
            throw statement.invalid(check.textFor(word));
        }
        Section global = scopes.document().global();
        if (word.equals("file")) {
            logFile(global, statement);
        } else if (word.equals("dlt")) {
            statement.log(LogType.WARNING, "Warning: log_dest dlt is not available.");
        }
        global.put(option, word, statement);
        return word;
    }

    private static void logFile(Section global, Statement statement) throws InvalidConfigException {
        if (global.has(Keys.LOG_FILE)) {
            throw statement.invalid("Error: Duplicate \"log_dest file\" value.");
        }
        try {
            global.set(Keys.LOG_FILE, PathValue.parse(statement));
        } catch (InvalidConfigException e) {
            if (e.reason().get(0).startsWith("Error: Empty")) {
                throw statement.invalid("Error: Empty \"log_dest file\" value in configuration.");
            }
            throw e;
        }
    }
}
