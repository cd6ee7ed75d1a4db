// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsFileTest {
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    OptionsFileTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Options options(String... arguments) throws FailedException {
        return new OptionsReader(environment).read(List.of(arguments)).options();
    }

    private String hostOf(String... arguments) throws FailedException {
        return options(arguments).server().host();
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void readsTheDocumentedFile() throws Exception {
        Path file = write(
                "opts",
                """
                # as in the documentation
                --cafile /path/to/my CA.crt
                --certfile /path/to/my/client.crt

                --keyfile /path/to/my/client.key
                -u admin
                -h mosquitto.example.com
                --insecure
                """);

        Options options = options("-o", file.toString());

        assertEquals("mosquitto.example.com:8883", options.server().describe());
        assertEquals("admin", options.login().username());
        assertEquals(
                new Encryption.Certificates(
                        Path.of("/path/to/my CA.crt"),
                        null,
                        false,
                        true,
                        Path.of("/path/to/my/client.crt"),
                        Path.of("/path/to/my/client.key"),
                        null,
                        null,
                        List.of()),
                options.encryption());
    }

    @Test
    void readsLinesOfWindows() throws Exception {
        assertEquals("one", hostOf("-o", write("opts", "-h one\r\n\r\n-v\r\n").toString()));
    }

    @Test
    void looksInTheUsualPlacesForOursFirst() throws Exception {
        environment.put("HOME", folder.resolve("home").toString());
        assertEquals("localhost", hostOf());
        write("home/.config/mosquitto_ctrl", "-h home-theirs");
        assertEquals("home-theirs", hostOf());
        write("home/.config/culex_ctrl", "-h home-ours");
        assertEquals("home-ours", hostOf());

        environment.put("XDG_CONFIG_HOME", folder.resolve("xdg").toString());
        assertEquals("localhost", hostOf());
        write("xdg/mosquitto_ctrl", "-h xdg-theirs");
        assertEquals("xdg-theirs", hostOf());
        write("xdg/culex_ctrl", "-h xdg-ours");
        assertEquals("xdg-ours", hostOf());

        assertEquals("named", hostOf("-o", write("opts", "-h named").toString()));
    }

    @Test
    void looksIntoTheProfileOnWindows() throws Exception {
        environment.put("USERPROFILE", folder.toString());
        write("mosquitto_ctrl", "-h documented");
        assertEquals("documented", hostOf());
        write("mosquitto_ctrl.conf", "-h real");
        assertEquals("real", hostOf());
        write("culex_ctrl.conf", "-h ours");
        assertEquals("ours", hostOf());
    }

    @Test
    void theCommandLineWins() throws Exception {
        String file =
                write("opts", "-L wss://bob:secret@file:99\n-q 2\n--timeout 7").toString();

        Options options = options("-o", file, "-h", "line", "-q", "0");

        assertEquals("line", options.server().host());
        assertNull(options.server().webSocket());
        assertEquals(0, options.conversation().qos());
        assertEquals(7, options.conversation().limit().toSeconds());
        assertEquals(new Options.Login(null, null, null), options.login());
    }

    @Test
    void thePasswordOfTheFileIsForItsUserOnly() throws Exception {
        String file = write("opts", "-u bob\n-P secret").toString();

        assertEquals(
                new Options.Login(null, "eve", null),
                options("-o", file, "-u", "eve").login());
        assertEquals(
                new Options.Login(null, "eve", "x"),
                options("-o", file, "-P", "x", "-u", "eve").login());
        assertEquals(
                new Options.Login(null, "eve", null),
                options("-o", file, "-L", "mqtt://eve@h").login());
        Options.Login bob = new Options.Login(null, "bob", "secret");
        assertEquals(bob, options("-o", file, "-u", "bob").login());
        assertEquals(bob, options("-o", file, "-L", "mqtt://bob@h:1884").login());
        assertEquals(
                new Options.Login(null, "bob", "s@x:y"),
                options("-o", file, "-L", "mqtt://bob:s@x:y@h").login());
    }

    @Test
    void namesTheLineThatIsWrong() throws Exception {
        assertRefused("-h one\n\n--frob\n", "Error: Unknown option '--frob'. (Line 3 of the options file ");
        assertRefused("-h\n", "Error: -h argument given but no host specified. (Line 1 of the options file ");
        assertRefused("#\n-q 9\n", "Error: Invalid QoS given: 9 (Line 2 of the options file ");
        assertRefused("--insecure yes\n", "Error: --insecure takes no value. (Line 1 of the options file ");
        assertRefused("createClient\n", "Error: Unknown option 'createClient'. (Line 1 of the options file ");
    }

    private void assertRefused(String text, String message) throws IOException {
        Path file = write("opts", text);
        FailedException e = assertThrows(FailedException.class, () -> options("-o", file.toString()));
        assertEquals(ExitStatus.OPTIONS, e.status());
        assertEquals(message + file + ")", e.text());
    }

    @Test
    void refusesAFileThatIsNotThere() {
        String file = folder.resolve("none").toString();
        FailedException e = assertThrows(FailedException.class, () -> options("-o", file));
        assertEquals("Error: Unable to read the options file " + file + ": No such file or directory.", e.text());
    }
}
