// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One broker as a process of its own, with a folder of its own. In its configuration <code>{port}</code> and
 * <code>{port:name}</code> stand for free ports, each name for the same one always, and <code>{dir}</code> for the folder. All methods block.
 */
public final class BrokerProcess implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("\\{port(?::(\\w+))?}");
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final String MAIN = "main";
    /** A broker of a test is young: the second compiler would cost it half of its start, and gives nothing yet. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    private final BrokerKind kind;
    private final Path folder;
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();
    private @Nullable Process process;

    private BrokerProcess(BrokerKind kind) {
        this.kind = kind;
        try {
            folder = Files.createTempDirectory("culex-it-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A broker of the selected kind that is ready to accept on every port of the configuration. */
    public static BrokerProcess start(String configuration) {
        return start(BrokerKind.selected(), configuration);
    }

    /** A broker of this kind that is ready to accept on every port of the configuration. */
    public static BrokerProcess start(BrokerKind kind, String configuration) {
        BrokerProcess broker = prepare(kind);
        if (kind == BrokerKind.EXTERNAL) {
            return broker;
        }
        try {
            broker.configure(configuration);
            broker.run(Map.of(), "-c", broker.configuration().toString());
            broker.awaitReady();
            return broker;
        } catch (RuntimeException | AssertionError e) {
            broker.close();
            throw e;
        }
    }

    /** A broker that does not run yet: for other arguments, environments, and failures. */
    public static BrokerProcess prepare(BrokerKind kind) {
        return new BrokerProcess(kind);
    }

    /** Writes the configuration; a running broker reads it when it gets SIGHUP. Replaced in one step. */
    public void configure(String configuration) {
        try {
            Path next = folder.resolve("next.conf");
            Files.writeString(next, expand(configuration));
            Files.move(next, configuration(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the program with these arguments and does not wait for anything. */
    public void run(Map<String, String> environment, String... arguments) {
        List<String> expanded = new ArrayList<>();
        for (String argument : arguments) {
            expanded.add(expand(argument));
        }
        ProcessBuilder builder = new ProcessBuilder(kind.command(expanded))
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile());
        builder.environment().put("CULEX_OPTS", QUICK);
        builder.environment().putAll(environment);
        try {
            Process started = builder.start();
            process = started;
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until every port of the configuration accepts. */
    public void awaitReady() {
        for (int port : ports.values()) {
            Await.until(START_LIMIT, () -> "port " + port + " to accept\n" + log(), () -> {
                if (!process().isAlive()) {
                    throw new AssertionError(
                            "the broker ended with " + process().exitValue() + ":\n" + log());
                }
                return accepts(port);
            });
        }
    }

    /** Something listens on this loopback port. */
    public static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(Ports.local(port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Which broker it is. */
    public BrokerKind kind() {
        return kind;
    }

    /** The address of <code>{port}</code>. */
    public InetSocketAddress address() {
        return address(MAIN);
    }

    /** The address of <code>{port:name}</code>. */
    public InetSocketAddress address(String name) {
        if (kind == BrokerKind.EXTERNAL) {
            String[] external = BrokerKind.external();
            return new InetSocketAddress(external[0], Integer.parseInt(external[1]));
        }
        return Ports.local(port(name));
    }

    /** The number of <code>{port:name}</code>. */
    public int port(String name) {
        return ports.computeIfAbsent(name, ignored -> Ports.free());
    }

    /** Its folder, deleted at the end. */
    public Path folder() {
        return folder;
    }

    /** Its configuration file. */
    public Path configuration() {
        return folder.resolve("mosquitto.conf");
    }

    /** What it wrote to stderr so far. */
    public String log() {
        return read("stderr");
    }

    /** What it wrote to stdout so far. */
    public String output() {
        return read("stdout");
    }

    /** Waits until the log has this text. */
    public void awaitLog(String text) {
        Await.until(Duration.ofSeconds(20), () -> "log line \"" + text + "\" in\n" + log(), () -> log().contains(text));
    }

    /** How often this text stands in the log. */
    public int logged(String text) {
        String log = log();
        return (log.length() - log.replace(text, "").length()) / text.length();
    }

    /** Its process id. */
    public long pid() {
        return process().pid();
    }

    /** The process still runs. */
    public boolean isRunning() {
        return process().isAlive();
    }

    /** Sends a signal: HUP, USR1, TERM, ... */
    public void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new AssertionError("kill -" + name + " " + pid() + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Sends SIGTERM and waits; returns the exit status. */
    public int stop() {
        signal("TERM");
        return awaitExit(Duration.ofSeconds(30));
    }

    /** Waits until the process ends; returns the exit status. */
    public int awaitExit(Duration limit) {
        try {
            if (!process().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + limit.toMillis() + " ms:\n" + log());
            }
            return process().exitValue();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Ends the process, if it still runs, and deletes its folder. */
    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            process.destroy();
            try {
                if (!process.waitFor(15, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        Folders.delete(folder);
    }

    private String expand(String text) {
        String withPorts = PORT.matcher(text).replaceAll(match -> {
            String name = match.group(1);
            return Matcher.quoteReplacement(Integer.toString(port(name == null ? MAIN : name)));
        });
        return withPorts.replace("{dir}", folder.toString());
    }

    private String read(String file) {
        try {
            Path path = folder.resolve(file);
            return Files.exists(path) ? new String(Files.readAllBytes(path), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process process() {
        if (process == null) {
            throw new IllegalStateException("the broker was not started by this test");
        }
        return process;
    }

    private static AssertionError interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new AssertionError("interrupted", cause);
    }
}
