// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import io.culex.api.log.LogType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One row of the table of options; the notation is explained at its head. */
final class OptionRow {
    private final List<String> cells;

    OptionRow(String line) {
        this.cells = List.of(line.split(" \\| ", -1));
    }

    String name() {
        return cells.get(0);
    }

    /** The name that this is another spelling of, or null. */
    @Nullable
    String aliasOf() {
        String second = cells.get(1);
        return second.startsWith("= ") ? second.substring(2) : null;
    }

    Option option() {
        Option.Type type = Option.Type.valueOf(cells.get(1).toUpperCase(Locale.ROOT));
        String initial = cell("default");
        Option.About about = new Option.About(
                orElse(cell("form"), ""),
                orElse(cell("shown"), orElse(initial, "")),
                orElse(cell("unit"), ""),
                cell("reload") == null,
                orElse(cell("state"), "works"),
                orElse(cell("note"), ""));
        List<Check> checks = all("check").stream().map(Check::parse).toList();
        return new Option(name(), type, scope(), initial, again(type), checks, need(), notices(), about);
    }

    private Option.Scope scope() {
        return switch (cells.get(2)) {
            case "global" -> Option.Scope.GLOBAL;
            case "security" -> Option.Scope.SECURITY;
            case "listener" -> Option.Scope.LISTENER;
            case "listener+" -> Option.Scope.LISTENER_OR_DEFAULT;
            case "listener!" -> Option.Scope.NAMED_LISTENER;
            case "bridge" -> Option.Scope.BRIDGE;
            case "plugin" -> Option.Scope.PLUGIN;
            default -> throw new IllegalArgumentException("scope of " + name());
        };
    }

    private Option.Again again(Option.Type type) {
        String again = cell("again");
        if (again != null) {
            return Option.Again.valueOf(again.toUpperCase(Locale.ROOT));
        }
        return switch (type) {
            case STRING, FILE, DIR, TOPIC, TIME -> Option.Again.ONCE;
            default -> Option.Again.LAST;
        };
    }

    private Option.@Nullable Need need() {
        String needs = cell("needs");
        return needs == null ? null : new Option.Need(needs.substring(1), needs.charAt(0) == '!');
    }

    private List<LogLine> notices() {
        List<LogLine> notices = new ArrayList<>();
        String hint = cell("deprecated");
        if (hint != null) {
            String text = "The '" + name() + "' option is now deprecated and will be removed in version 3.0. "
                    + (hint.equals("-") ? "" : hint);
            notices.add(new LogLine(LogType.NOTICE, text.strip()));
        }
        for (String text : all("notice")) {
            notices.add(new LogLine(levelOf(text), text));
        }
        return notices;
    }

    /** A notice that begins with Warning: is one. */
    static LogType levelOf(String text) {
        return text.startsWith("Warning:") ? LogType.WARNING : LogType.NOTICE;
    }

    private @Nullable String cell(String key) {
        List<String> found = all(key);
        return found.isEmpty() ? null : found.get(0);
    }

    private List<String> all(String key) {
        return cells.stream()
                .skip(3)
                .filter(cell -> cell.startsWith(key + " "))
                .map(cell -> cell.substring(key.length() + 1))
                .toList();
    }

    private static String orElse(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }
}
