// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** Karaf's console by the installed ssh, with a key. All methods block. */
final class Ssh {
    private static final Pattern CLOSED = Pattern.compile("Connection to \\S+ closed by remote host\\.\\R?");

    private final Path key;
    private int port;

    private Ssh(Path key) {
        this.key = key;
    }

    /** With a new key in that folder. */
    static Ssh withKeyIn(Path folder) throws IOException, InterruptedException {
        Path key = folder.resolve("test-key");
        Outcome made = Outcome.of(new ProcessBuilder(
                "ssh-keygen", "-q", "-t", "rsa", "-b", "2048", "-m", "PEM", "-N", "", "-f", key.toString()));
        assertEquals(made.text(), 0, made.exit());
        return new Ssh(key);
    }

    void port(int number) {
        port = number;
    }

    Path key() {
        return key;
    }

    /** Lets the key in as an administrator {@code karaf}, and as {@code viewer}, who may only look. */
    void authorizeIn(Path etc) throws IOException {
        String publicKey = Files.readString(key.resolveSibling("test-key.pub")).split(" ", -1)[1];
        Files.writeString(
                etc.resolve("keys.properties"),
                "karaf=" + publicKey + ",_g_:admingroup\nviewer=" + publicKey + ",viewer,ssh\n"
                        + "_g_\\:admingroup = group,admin,manager,viewer,systembundles,ssh\n");
    }

    /** Runs a command as the administrator, whatever becomes of it. */
    Outcome run(String command) throws IOException, InterruptedException {
        return run("karaf", command);
    }

    /** Runs a command as one of the two. */
    Outcome run(String user, String command) throws IOException, InterruptedException {
        List<String> words = words(user);
        words.add(command);
        Outcome outcome = Outcome.of(new ProcessBuilder(words));
        // What ssh itself says of how Karaf closes, anywhere between the lines.
        return new Outcome(outcome.exit(), CLOSED.matcher(outcome.text()).replaceAll(""));
    }

    /** The console with a terminal, for keys to be typed. */
    Typing typing() throws IOException {
        List<String> words = words("karaf");
        words.add(1, "-tt");
        return new Typing(words);
    }

    private List<String> words(String user) {
        List<String> words = new ArrayList<>(List.of("ssh", "-p", String.valueOf(port), "-i", key.toString()));
        for (String option : List.of(
                "BatchMode=yes",
                "StrictHostKeyChecking=no",
                "UserKnownHostsFile=/dev/null",
                "LogLevel=QUIET",
                "IdentitiesOnly=yes",
                "HostKeyAlgorithms=+ssh-rsa",
                "ConnectTimeout=10")) {
            words.add("-o");
            words.add(option);
        }
        words.add(user + "@127.0.0.1");
        return words;
    }

    /** What a command prints that must go well. */
    String expect(String command) throws IOException, InterruptedException {
        Outcome outcome = run(command);
        assertEquals(command + "\n" + outcome.text(), 0, outcome.exit());
        return outcome.text();
    }

    /** What a command says that must be refused. */
    String refused(String command) throws IOException, InterruptedException {
        Outcome outcome = run(command);
        assertNotEquals(command + "\n" + outcome.text(), 0, outcome.exit());
        return outcome.text();
    }

    /** What a command prints that must go well, beside the test. */
    CompletableFuture<String> beside(String command) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return expect(command);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
