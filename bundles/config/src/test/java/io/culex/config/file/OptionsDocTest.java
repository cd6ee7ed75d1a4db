// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** docs/options.md and docs/own-options.md are made from the table of options: with -Dculex.docs.write=true, else compared. */
class OptionsDocTest {
    private static final Path DOCUMENT = Path.of("../../docs/options.md");
    private static final Path OWN = Path.of("../../docs/own-options.md");
    private static final String MARK = "Ours: ";

    @Test
    void documentsEveryOptionAsItIs() throws Exception {
        assertWritten(document(), DOCUMENT);
    }

    @Test
    void documentsTheOptionsThatMosquittoDoesNotHave() throws Exception {
        // The options of plugins are compared with the plugins by a test of the distribution (itests/guide).
        try (InputStream plugins = OptionsDocTest.class.getResourceAsStream("/plugin-options.md")) {
            String text = new String(Objects.requireNonNull(plugins).readAllBytes(), StandardCharsets.UTF_8);
            assertWritten(own() + text, OWN);
        }
    }

    /** A remark that begins with the mark stands at exactly the options that Mosquitto lacks. */
    @Test
    void marksTheOptionsThatMosquittoDoesNotHave() {
        Set<String> marked = new TreeSet<>();
        for (String spelling : OptionTable.standard().spellings()) {
            if (OptionTable.standard().get(spelling).about().note().startsWith(MARK)) {
                marked.add(spelling);
            }
        }
        assertEquals(new TreeSet<>(OptionTableTest.OURS), marked);
    }

    private static void assertWritten(String expected, Path document) throws Exception {
        if (Boolean.getBoolean("culex.docs.write")) {
            Files.writeString(document, expected);
        }
        assertEquals(expected, Files.readString(document));
    }

    private static String own() {
        StringBuilder text = new StringBuilder(
                """
                # Options that Mosquitto does not have

                Made from the table of options in `bundles/config` and from `plugin-options.md` beside its test; do not edit
                by hand. [options.md](options.md) has all options.

                A file with none of these is one that Mosquitto reads, too; without them the broker does what it does with the defaults
                below. *Reload*: whether SIGHUP applies a change.

                | Option | Type | Default | Unit | Scope | Reload | |
                |---|---|---|---|---|---|---|
                """);
        for (String name : new TreeSet<>(OptionTableTest.OURS)) {
            Option option = OptionTable.standard().get(name);
            Option.About about = option.about();
            String remark = about.note().substring(MARK.length());
            text.append(cells(List.of(
                    "`" + name + "`",
                    type(option),
                    about.shown(),
                    about.unit(),
                    scope(option),
                    about.reload() ? "yes" : "restart",
                    remark.substring(0, 1).toUpperCase(Locale.ROOT) + remark.substring(1))));
        }
        return text.toString();
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
                scope(option),
                about.reload() ? "yes" : "restart",
                about.state(),
                feature(option),
                about.note());
        return cells(cells);
    }

    private static String cells(List<String> cells) {
        return "| " + String.join(" | ", cells).replace("<", "&lt;") + " |\n";
    }

    private static String scope(Option option) {
        return option.scope() == Option.Scope.LISTENER_OR_DEFAULT || option.scope() == Option.Scope.NAMED_LISTENER
                ? "listener"
                : option.scope().name().toLowerCase(Locale.ROOT);
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
