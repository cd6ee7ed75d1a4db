// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import static org.junit.Assert.assertEquals;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * What {@code docker run} makes of an image, without Docker: namespaces of its own for mounts and processes, the image's root, Docker's usual
 * capabilities, and three folders of the test in the places of volumes. The network is this machine's. Needs root. All methods block.
 */
final class Container implements AutoCloseable {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final String CAPABILITIES =
            "setpriv --inh-caps=-all --bounding-set=-all,+chown,+dac_override,+fowner,+fsetid,"
                    + "+kill,+setgid,+setuid,+setpcap,+net_bind_service,+net_raw,+sys_chroot,+mknod,+audit_write,+setfcap";

    private final Recipe image;
    private final Path folder;
    private final Map<String, String> environment;
    private final int port = Ports.free();
    private String options = "";
    private String beforeStart = "";
    private Process process;

    Container(Recipe image) throws IOException {
        this.image = image;
        this.environment = new TreeMap<>(image.environment());
        folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "container");
        for (String volume : List.of("config", "data", "log")) {
            Files.createDirectories(folder.resolve(volume));
        }
        environment.put("PATH", PATH);
    }

    /** {@code --env}. */
    Container with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** {@code --user}: numbers. */
    Container as(int uid, int gid) {
        options += " --reuid=" + uid + " --regid=" + gid + " --clear-groups";
        return this;
    }

    /** {@code --read-only --tmpfs /tmp:exec --security-opt no-new-privileges}. */
    Container confined() {
        options += " --no-new-privs";
        beforeStart =
                "mount -t tmpfs -o exec,nosuid,nodev,mode=1777 tmpfs \"$root/tmp\"\nmount -o remount,ro \"$root\"\n";
        return this;
    }

    /** Writes a file of one of the volumes; <code>{port}</code> stands for a free port. */
    Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text.replace("{port}", String.valueOf(port)));
    }

    /** A file in the volumes. */
    Path path(String name) {
        return folder.resolve(name);
    }

    int port() {
        return port;
    }

    /** Starts it with the command of the image, or with another. */
    void start(String... command) throws IOException {
        List<String> words = new ArrayList<>(image.words("ENTRYPOINT"));
        words.addAll(command.length == 0 ? image.words("CMD") : Arrays.asList(command));
        StringBuilder script = new StringBuilder("set -eu\nwork=" + folder.resolve("work") + "\ncontext="
                + System.getProperty("culex.context") + "\nmkdir -p \"$work\"\nmount -t tmpfs tmpfs \"$work\"\n");
        script.append(image.script())
                .append("for volume in config data log; do\n")
                .append("    mount --bind ")
                .append(folder)
                .append("/$volume \"$root/mosquitto/$volume\"\ndone\nmount -t proc proc \"$root/proc\"\n")
                .append(beforeStart)
                .append("cd /\nexec chroot \"$root\" ")
                .append(String.join(" ", inside(options)));
        words.forEach(word -> script.append(' ').append(Recipe.quoted(word)));
        Path file = Files.writeString(folder.resolve("start"), script.append('\n'));
        // Private mounts: nothing of them is seen outside, and all end with the last process.
        process = new ProcessBuilder(
                        "unshare", "--mount", "--propagation=private", "--pid", "--fork", "sh", file.toString())
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile())
                .start();
        Process started = process;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> kill(started)));
    }

    /** With Docker's capabilities, the variables of the container, and nothing else of this machine. */
    private List<String> inside(String more) {
        List<String> words = new ArrayList<>(List.of("env", "-i"));
        environment.forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(Arrays.asList((CAPABILITIES + more).split(" ", -1)));
        return words;
    }

    /** {@code docker exec}. */
    Outcome exec(String... command) throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(List.of("nsenter", "-t", String.valueOf(pid()), "--mount", "--pid", "--root", "--wd"));
        words.addAll(inside(""));
        words.addAll(Arrays.asList(command));
        return Outcome.of(new ProcessBuilder(words));
    }

    /** {@code docker exec} of what must go well; returns what it says. */
    String expect(String... command) throws IOException, InterruptedException {
        Outcome outcome = exec(command);
        assertEquals(Arrays.toString(command) + "\n" + outcome.text() + logs(), 0, outcome.exit());
        return outcome.text();
    }

    /** Waits until the port accepts. */
    void awaitReady() {
        Await.until(Duration.ofSeconds(60), () -> "the listener in\n" + logs(), () -> {
            if (!process.isAlive()) {
                throw new AssertionError("ended with " + process.exitValue() + "\n" + logs());
            }
            return BrokerProcess.accepts(port);
        });
    }

    /** Waits until the logs have this text that often. */
    void awaitLogs(String text, int times) {
        Await.until(
                Duration.ofSeconds(20),
                () -> times + " times \"" + text + "\" in\n" + logs(),
                () -> logs().split(Pattern.quote(text), -1).length > times);
    }

    /** {@code docker logs}. */
    String logs() {
        try {
            return Files.readString(folder.resolve("stdout")) + Files.readString(folder.resolve("stderr"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The number that its process 1 has outside. */
    long pid() {
        return process.children()
                .findFirst()
                .orElseThrow(() -> new AssertionError("it does not run\n" + logs()))
                .pid();
    }

    /** A line of the kernel's about process 1: {@code Uid}, {@code NSpid}, ... */
    String status(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    /** {@code docker stop}: the signal, from outside; returns the exit status. */
    int stop() throws IOException, InterruptedException {
        Outcome sent = Outcome.of(new ProcessBuilder("kill", "-" + image.last("STOPSIGNAL"), String.valueOf(pid())));
        assertEquals(sent.text(), 0, sent.exit());
        return awaitEnd();
    }

    /** Waits for the end; returns the exit status. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("it still runs\n" + logs());
        }
        return process.exitValue();
    }

    private static void kill(Process unshare) {
        unshare.children().forEach(ProcessHandle::destroyForcibly);
        unshare.destroyForcibly();
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            kill(process);
            process.onExit().join();
        }
        new ProcessBuilder("rm", "-rf", "--one-file-system", folder.toString())
                .start()
                .onExit()
                .join();
    }
}
