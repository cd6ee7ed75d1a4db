// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/options.md is made from the table of options: with -Dculex.docs.write=true, else it is compared. */
class OptionsDocTest {
    private static final Path DOCUMENT = Path.of("../../docs/options.md");

    @Test
    void documentsEveryOptionAsItIs() throws Exception {
        String expected = document();
        if (Boolean.getBoolean("culex.docs.write")) {
            Files.writeString(DOCUMENT, expected);
        }
        assertEquals(expected, Files.readString(DOCUMENT));
    }

    private static String document() {
        StringBuilder text = new StringBuilder(
                """
                # Options of mosquitto.conf

                Made from the table of options in `bundles/config`; do not edit by hand.

                * *Scope*: global; security (global, or of a listener with `per_listener_settings true`); listener; bridge;
                  plugin.
                * *Reload*: whether SIGHUP applies a change. A reload is taken whole or not at all: any error leaves
                  everything as it was. Listeners, bridges and plugins can be added and removed.
                * *State*: works; refused (Culex has nothing of the kind, and the error says so); ignored.
                * *Feature*: what must be installed. **Bold**: without it the broker refuses to start, because the option
                  restricts access or encrypts. Others: a warning.
                """);
        text.append("\n| Option | Type | Default | Unit | Scope | Reload | State | Feature | Remark |\n");
        text.append("|---|---|---|---|---|---|---|---|---|\n");
        names().forEach((option, spellings) -> text.append(row(option, spellings)));
        return text.toString();
    }

    private static Map<Option, List<String>> names() {
        Map<Option, List<String>> names = new LinkedHashMap<>();
        for (String spelling : OptionTable.standard().spellings()) {
            names.computeIfAbsent(OptionTable.standard().get(spelling), o -> new ArrayList<>())
                    .add("`" + spelling + "`");
        }
        return names;
    }

    private static String row(Option option, List<String> spellings) {
        Option.About about = option.about();
        List<String> cells = List.of(
                String.join(", ", spellings),
                type(option),
                about.shown(),
                about.unit(),
                option.scope() == Option.Scope.LISTENER_OR_DEFAULT || option.scope() == Option.Scope.NAMED_LISTENER
                        ? "listener"
                        : option.scope().name().toLowerCase(Locale.ROOT),
                about.reload() ? "yes" : "restart",
                about.state(),
                feature(option),
                about.note());
        return "| " + String.join(" | ", cells).replace("<", "&lt;") + " |\n";
    }

    private static String type(Option option) {
        if (!option.about().form().isEmpty()) {
            return option.about().form();
        }
        for (Check check : option.checks()) {
            if (check.words() != null) {
                return String.join(", ", check.words());
            }
        }
        return option.type() == Option.Type.BYTES
                ? "long"
                : option.type().name().toLowerCase(Locale.ROOT);
    }

    private static String feature(Option option) {
        Option.Need need = option.needs();
        if (need == null) {
            return "";
        }
        String name =
                switch (need.feature()) {
                    case "plugin" -> "that of the plugin";
                    case "protocol" -> "that of the protocol";
                    default -> need.feature();
                };
        return need.restricts() ? "**" + name + "**" : name;
    }
}
