// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One option of mosquitto.conf, as the table of options describes it.
 *
 * @param name its first spelling
 * @param type the form of its value
 * @param scope what it belongs to
 * @param initial its value when it is not given, or null
 * @param again what a second occurrence for the same object means
 * @param checks rules for the value, in order
 * @param needs the feature that it is part of, or null
 * @param notices lines to log when it is used
 * @param about what the documentation says of it
 */
public record Option(
        String name,
        Type type,
        Scope scope,
        @Nullable String initial,
        Again again,
        List<Check> checks,
        @Nullable Need needs,
        List<LogLine> notices,
        About about) {
    /** The forms of a value (SPEC A.1). */
    public enum Type {
        BOOL,
        INT,
        BYTES,
        STRING,
        FILE,
        DIR,
        WORD,
        DURATION,
        TOPIC,
        TIME,
        SPECIAL,
        IGNORED
    }

    /** What an option belongs to. */
    public enum Scope {
        GLOBAL,
        SECURITY,
        LISTENER_OR_DEFAULT,
        LISTENER,
        NAMED_LISTENER,
        BRIDGE,
        PLUGIN
    }

    /** What a second occurrence means. */
    public enum Again {
        ONCE,
        LAST,
        LIST
    }

    /**
     * The feature that an option is part of.
     *
     * @param feature its name; {@code plugin} and {@code protocol}: the value decides
     * @param restricts whether the option restricts access or encrypts: then nothing starts without the feature
     */
    public record Need(String feature, boolean restricts) {}

    /**
     * For the documentation only.
     *
     * @param form of the value, where the type does not say it
     * @param shown the default in words
     * @param unit of the value
     * @param reload whether a reload applies it
     * @param state {@code works}, {@code refused} or {@code ignored}
     * @param note a remark
     */
    public record About(String form, String shown, String unit, boolean reload, String state, String note) {}

    public Option {
        checks = List.copyOf(checks);
        notices = List.copyOf(notices);
    }
}
