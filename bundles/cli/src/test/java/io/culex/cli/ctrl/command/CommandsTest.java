// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Words to requests, and words that are wrong. */
class CommandsTest {
    private final List<String> said = new ArrayList<>();
    private String typed = "typed";

    private final Person person = new Person() {
        @Override
        public void tell(String line) {
            said.add(line);
        }

        @Override
        public String newPassword(String prompt, String again) {
            said.add(prompt + "/" + again);
            return typed;
        }
    };

    private static List<String> words(String line) {
        return line == null || line.isEmpty() ? List.of() : List.of(line.split(" "));
    }

    private String request(String name, String line) throws FailedException {
        Module module = name.equals("listPlugins") || name.equals("listListeners") ? Module.BROKER : Module.DYNSEC;
        return Commands.find(module, name)
                .orElseThrow()
                .request(words(line), person)
                .toString();
    }

    /** Columns: command, its words, the members of the request but the command. */
    @ParameterizedTest
    @CsvFileSource(resources = "requests.txt", delimiter = '|', quoteCharacter = '`')
    void makesTheRequest(String name, String line, String members) throws FailedException {
        String given = members == null ? "" : "," + members;
        assertEquals(
                JsonParser.parseString("{\"command\":\"" + name + "\"" + given + "}"),
                JsonParser.parseString(request(name, line)));
    }

    /** Columns: command, its words, what is said about them. */
    @ParameterizedTest
    @CsvFileSource(resources = "wrong.txt", delimiter = '|', quoteCharacter = '`')
    void saysWhatIsWrong(String name, String line, String problem) {
        FailedException e = assertThrows(FailedException.class, () -> request(name, line));
        Command command = Commands.find(Module.DYNSEC, name).orElseThrow();

        assertEquals(ExitStatus.USAGE, e.status());
        assertEquals("Error: " + name + ": " + problem + ".\nUsage: " + name + " " + command.arguments(), e.text());
    }

    @Test
    void everyCommandHasARequestInTheTable() throws Exception {
        String table = new String(
                CommandsTest.class.getResourceAsStream("requests.txt").readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8);
        for (Module module : Module.values()) {
            for (Command command : Commands.of(module)) {
                assertTrue(table.contains("\n" + command.name() + "|"), command.name());
            }
        }
    }

    @Test
    void findsCommandsInAnyCase() {
        assertEquals(
                "createClient",
                Commands.find(Module.DYNSEC, "CREATECLIENT").orElseThrow().name());
        assertTrue(Commands.find(Module.BROKER, "createClient").isEmpty());
    }

    @Test
    void asksForThePasswordOfANewClient() throws FailedException {
        assertEquals(
                "{\"command\":\"createClient\",\"username\":\"bob\",\"password\":\"typed\"}",
                request("createClient", "bob"));
        assertEquals(
                List.of(
                        "Enter new password for bob. Press return for no password (user will be unable to login).",
                        "New password for bob: /Reenter password for bob: "),
                said);
        typed = "";
        assertEquals("{\"command\":\"createClient\",\"username\":\"bob\"}", request("createClient", "bob"));
    }

    @Test
    void asksForAPasswordThatMustNotBeEmpty() throws FailedException {
        assertEquals(
                "{\"command\":\"setClientPassword\",\"username\":\"bob\",\"password\":\"typed\"}",
                request("setClientPassword", "bob"));
        typed = "";
        FailedException e = assertThrows(FailedException.class, () -> request("setClientPassword", "bob"));
        assertEquals("Error: Empty password.", e.text());
        assertThrows(FailedException.class, () -> request("modifyClient", "bob --ask-password"));
    }
}
