// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.testkit.Ports;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a whole, in this process, where no broker is needed. */
class CtrlTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Path folder;

    CtrlTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private ExitStatus run(String input, String... arguments) {
        return run(Map.of(), input, arguments);
    }

    private ExitStatus run(Map<String, String> environment, String input, String... arguments) {
        out.reset();
        err.reset();
        return new Ctrl(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        environment)
                .run(arguments);
    }

    private void assertSays(ExitStatus status, String message, String... arguments) {
        assertEquals(status, run("", arguments));
        assertEquals(message + "\n", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void helps() {
        assertEquals(ExitStatus.DONE, run("", "--help"));
        String text = out.toString(StandardCharsets.UTF_8);
        for (String option : ("-A -d -f -h -i -L -o -p -P -q -u -v -V --cafile --capath --cert --certfile --ciphers"
                        + " --debug --help --host --id --insecure --json --key --keyfile --keyform --nodelay --port"
                        + " --proxy --psk --psk-identity --pw --qos --quiet --timeout --tls-alpn --tls-use-os-certs"
                        + " --tls-version --unix --url --username --verbose --version")
                .split(" ")) {
            assertTrue(text.matches("(?s).*" + option + "\\b.*"), option);
        }
        assertEquals(ExitStatus.DONE, run("", "--version"));
        assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("culex_ctrl version "));
        assertEquals(ExitStatus.DONE, run("", "dynsec", "help"));
        assertTrue(
                out.toString(StandardCharsets.UTF_8).contains("\n  addClientRole <username> <rolename> [priority]\n"));
        assertEquals(ExitStatus.DONE, run("", "broker", "HELP"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("\n  listListeners\n"));
    }

    @Test
    void saysWhatIsWrong() {
        assertSays(ExitStatus.NO_MODULE, "Error: Module 'foo' not supported.", "foo", "bar");
        assertSays(ExitStatus.NO_COMMAND, "Command 'foo' not recognised.", "dynsec", "foo");
        assertSays(
                ExitStatus.USAGE,
                "Error: No command given. Use 'culex_ctrl dynsec help' to see all commands.",
                "dynsec");
        assertSays(
                ExitStatus.USAGE,
                "Error: createRole: rolename is missing.\nUsage: createRole <rolename> [--textname text]"
                        + " [--textdescription text] [--wildcard-subs allow|deny]"
                        + " [--acl acltype topicFilter allow|deny [priority]]...",
                "dynsec",
                "createRole");
        assertSays(
                ExitStatus.USAGE,
                "Error: -f is for single commands: culex_ctrl -f file dynsec <command>.",
                "-f",
                "file");
        assertSays(
                ExitStatus.OPTIONS, "Error: Unknown option '--frob'.\nUse 'culex_ctrl --help' to see usage.", "--frob");
        assertSays(
                ExitStatus.USAGE,
                "Error: setClientPassword: -i is for files (-f) only.",
                "dynsec",
                "setClientPassword",
                "bob",
                "x",
                "-i",
                "5");
    }

    /** Java has put something else in its place, which the broker would keep and no client send. */
    @Test
    void refusesWhatIsNoUtf8() {
        String usage = "\nUse 'culex_ctrl --help' to see usage.";
        assertSays(
                ExitStatus.OPTIONS,
                "Error: Argument 4 is not valid UTF-8." + usage,
                "dynsec",
                "setClientPassword",
                "bob",
                "m\ufffdller");
        assertSays(
                ExitStatus.OPTIONS,
                "Error: Argument 2 is not valid UTF-8." + usage,
                "-P",
                "\ufffd",
                "dynsec",
                "listClients");
        assertEquals(
                ExitStatus.UNREACHABLE,
                run("", "-f", folder.resolve("none").toString(), "dynsec", "deleteClient", "m\ufffdller"));
        assertSays(
                ExitStatus.OPTIONS,
                "Error: Argument 2 is not valid UTF-8." + usage,
                "-P",
                "\ufffd",
                "dynsec",
                "deleteClient",
                "bob");
    }

    @Test
    void warnsOfAnOpenConnectionAndNamesTheServerThatIsNotThere() {
        String port = Integer.toString(Ports.free());
        assertSays(
                ExitStatus.UNREACHABLE,
                """
                Warning: You are running culex_ctrl without encryption.
                This means all of the configuration changes you are making are visible on the network, including passwords.

                Error: Unable to connect to 127.0.0.1:%s: Connection refused."""
                        .formatted(port),
                "-h",
                "127.0.0.1",
                "-p",
                port,
                "dynsec",
                "listClients");
        assertEquals(
                ExitStatus.UNREACHABLE, run("", "--quiet", "-h", "127.0.0.1", "-p", port, "dynsec", "listClients"));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        String socket = folder.resolve("none").toString();
        assertSays(
                ExitStatus.UNREACHABLE,
                "Error: Unable to connect to " + socket + ": No such file or directory.",
                "--unix",
                socket,
                "dynsec",
                "listClients");
    }

    @Test
    void namesTheFileOfTlsThatCannotBeUsed() {
        assertSays(
                ExitStatus.TLS,
                "Error: Unable to load CA certificates. Check cafile \"/none\". No such file or directory.",
                "--cafile",
                "/none",
                "dynsec",
                "listClients");
    }

    @Test
    void makesAFileAndWorksOnIt() throws IOException {
        Path file = folder.resolve("dynamic-security.json");
        String name = file.toString();

        assertEquals(ExitStatus.DONE, run("", "dynsec", "init", name, "boss", "secret"));
        assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("The client 'boss' has been created in the file '"));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertSays(
                ExitStatus.UNREACHABLE,
                "dynsec init: '" + name + "' already exists. Remove the file or use a different location.",
                "dynsec",
                "init",
                name,
                "boss",
                "secret");

        assertEquals(
                ExitStatus.DONE,
                run("", "-f", name, "-v", "dynsec", "createClient", "bob", "-p", "x", "--role", "admin:5"));
        assertEquals("createClient: Success\n", err.toString(StandardCharsets.UTF_8));
        assertEquals(ExitStatus.DONE, run("", "-f", name, "dynsec", "listClients"));
        assertEquals("bob\nboss\n", out.toString(StandardCharsets.UTF_8));
        assertEquals(ExitStatus.DONE, run("", "-f", name, "--json", "dynsec", "getAnonymousGroup"));
        assertEquals(
                "{\"command\":\"getAnonymousGroup\",\"data\":{\"group\":{\"groupname\":\"\"}}}\n",
                out.toString(StandardCharsets.UTF_8));
        assertSays(
                ExitStatus.REFUSED_COMMAND,
                "getClient: Error: Client not found.",
                "-f",
                name,
                "dynsec",
                "getClient",
                "eve");
        assertEquals(ExitStatus.DONE, run("", "-f", name, "dynsec", "explain", "subscribe", "$SYS/x", "-u", "bob"));
        assertTrue(
                out.toString(StandardCharsets.UTF_8).startsWith("Access: allow\n"),
                out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void givesANewFileToWhomTheBrokerBecomes() throws IOException {
        Path file = folder.resolve("file");
        Map<String, String> environment = Map.of("PUID", "4711", "PGID", "4712");

        assertEquals(ExitStatus.DONE, run(environment, "", "dynsec", "init", file.toString(), "boss", "secret"));

        if (System.getProperty("user.name").equals("root")) {
            assertEquals(4711, Files.getAttribute(file, "unix:uid"));
            assertEquals(4712, Files.getAttribute(file, "unix:gid"));
            assertEquals("", err.toString(StandardCharsets.UTF_8));
        } else {
            assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("Warning: " + file + " belongs to who made it"));
        }
        assertTrue(Files.readString(file).contains("encoded_password"));
    }

    @Test
    void namesGiveNoOrdersToTheTerminal() throws IOException {
        Path file = folder.resolve("file");
        Files.writeString(file, "{\"groups\":[{\"groupname\":\"a\\u001b[2Jb\\u009bc\"}]}");

        assertEquals(ExitStatus.DONE, run("", "-f", file.toString(), "dynsec", "listGroups"));

        assertEquals("a\\x1B[2Jb\\x9Bc\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void asksForPasswordsThatAreNotGiven() throws IOException {
        Path file = folder.resolve("file");
        assertEquals(ExitStatus.USAGE, run("one\ntwo\n", "dynsec", "init", file.toString(), "boss"));
        assertTrue(err.toString(StandardCharsets.UTF_8).endsWith("Error: Passwords do not match.\n"));
        assertFalse(Files.exists(file));
        assertEquals(ExitStatus.USAGE, run("\n", "dynsec", "init", file.toString(), "boss"));

        assertEquals(ExitStatus.DONE, run("one\none\n", "dynsec", "init", file.toString(), "boss"));
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("New password for boss: "));
        assertTrue(Files.readString(file).contains("encoded_password"));
        assertEquals(ExitStatus.USAGE, run("", "dynsec", "init", file.toString()));
        assertEquals(ExitStatus.USAGE, run("", "dynsec", "init", file.toString(), "a", "b", "c"));
    }
}
