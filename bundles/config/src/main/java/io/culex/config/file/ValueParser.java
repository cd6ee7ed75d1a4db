// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import io.culex.api.log.LogType;
import io.culex.api.message.TopicName;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Checks the value of an option by its type and gives its one normal form: true, false, decimal digits, or the text. */
final class ValueParser {
    private static final Pattern TIME_FORMAT = Pattern.compile(
            "([^%]|%[-_0^#]*\\d*([EO]?[aAbBcCdDeFgGhHIjklmMnNpPrRsStTuUVwWxXyYzZ%+]))*", Pattern.DOTALL);

    private ValueParser() {}

    static String parse(Option option, Statement statement) throws InvalidConfigException {
        return switch (option.type()) {
            case BOOL -> String.valueOf(bool(statement));
            case INT -> String.valueOf(integer(option, statement));
            case BYTES -> String.valueOf(checked(option, statement, number(statement)));
            case STRING -> string(option, statement);
            case FILE, DIR -> PathValue.parse(statement);
            case WORD -> word(option, statement);
            case DURATION -> String.valueOf(DurationValue.seconds(statement));
            case TOPIC -> topicPrefix(statement);
            case TIME -> timeFormat(statement);
            case SPECIAL, IGNORED -> throw new IllegalArgumentException(option.name());
        };
    }

    static boolean bool(Statement statement) throws InvalidConfigException {
        String word = statement.word();
        if (word.equals("true") || word.equals("1")) {
            return true;
        }
        if (word.equals("false") || word.equals("0")) {
            return false;
        }
        throw statement.invalid("Error: Invalid '" + statement.keyword() + "' value (" + word + ").");
    }

    /** A number of C's type int, under another name in errors than the keyword. */
    static int integer(Statement statement, String name) throws InvalidConfigException {
        return CNumber.parseInt(statement.word(), name, statement);
    }

    private static long integer(Option option, Statement statement) throws InvalidConfigException {
        return checked(option, statement, integer(statement, statement.keyword()));
    }

    private static long number(Statement statement) throws InvalidConfigException {
        return CNumber.parse(statement.word(), statement.keyword(), statement);
    }

    private static long checked(Option option, Statement statement, long number) throws InvalidConfigException {
        long result = number;
        for (Check check : option.checks()) {
            if (check.allows(result)) {
                continue;
            }
            if (!check.corrects()) {
                throw statement.invalid(check.textFor(number));
            }
            if (!check.text().isEmpty()) {
                statement.log(OptionRow.levelOf(check.text()), check.text());
            }
            result = check.nearest(result);
        }
        return result;
    }

    private static String string(Option option, Statement statement) throws InvalidConfigException {
        String text = statement.text();
        for (Check check : option.checks()) {
            if (!check.allows(text.getBytes(StandardCharsets.UTF_8).length)) {
                throw statement.invalid(check.textFor(text));
            }
        }
        return text;
    }

    private static String word(Option option, Statement statement) throws InvalidConfigException {
        String word = statement.word();
        for (Check check : option.checks()) {
            if (!check.allows(word)) {
                throw statement.invalid(check.textFor(word));
            }
        }
        return word;
    }

    private static String topicPrefix(Statement statement) throws InvalidConfigException {
        String text = statement.text();
        if (!TopicName.isValid(text)) {
            throw statement.invalid("Error: Invalid '" + statement.keyword() + "' value (" + text
                    + "). Does it contain a wildcard character?");
        }
        return text;
    }

    /** No format is wrong for strftime: what it does not know stays. */
    private static String timeFormat(Statement statement) throws InvalidConfigException {
        String text = statement.text();
        if (!TIME_FORMAT.matcher(text).matches()) {
            statement.log(
                    LogType.WARNING,
                    "Warning: What strftime does not know in '" + statement.keyword() + "' (" + text
                            + ") is written as it stands.");
        }
        return text;
    }
}
