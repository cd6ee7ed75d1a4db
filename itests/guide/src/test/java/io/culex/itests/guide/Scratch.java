// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.guide;

import io.culex.testkit.BrokerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The machine of a page: a folder with what the Debian package installs, and programs that stand in for those a test cannot run. */
final class Scratch implements AutoCloseable {
    private static final String QUICK = "-XX:TieredStopAtLevel=1";
    private static final int STOP_SECONDS = 15;
    private static final Path HOME =
            Path.of(System.getProperty("culex.home", ".")).toAbsolutePath();

    private final Path root;
    private final Substitutions substitutions;

    Scratch() throws IOException {
        root = Files.createTempDirectory("culex-guide-").toRealPath();
        substitutions = new Substitutions(root);
        for (String folder : List.of(
                "home/.config",
                "run",
                "etc/culex/conf.d",
                "etc/haproxy",
                "etc/mosquitto",
                "etc/prometheus",
                "etc/ssl/certs",
                "var/lib/culex",
                "var/lib/mosquitto",
                "var/log/culex",
                "opt",
                "usr/share")) {
            Files.createDirectories(root.resolve(folder));
        }
        write("/etc/culex/mosquitto.conf", Files.readString(HOME.resolve("etc/debian/mosquitto.conf")));
        install(BrokerKind.assembly(), root.resolve("usr/share/culex"));
        for (String download : List.of("culex.stock.karaf", "culex.kar")) {
            Path file = Path.of(System.getProperty(download, ""));
            Files.createSymbolicLink(home().resolve(file.getFileName()), file);
        }
        // Where a client connects that is told nothing.
        String usual = "-p " + substitutions.port("1883") + "\n";
        for (String tool : List.of("mosquitto_pub", "mosquitto_sub", "culex_ctrl")) {
            Files.writeString(root.resolve("home/.config").resolve(tool), usual);
        }
    }

    /** Pages change files in etc; what only the broker reads is not copied. */
    private static void install(Path assembly, Path to) throws IOException {
        for (String folder : List.of("bin", "etc")) {
            Path from = assembly.resolve(folder);
            try (Stream<Path> files = Files.walk(from)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Path copy = to.resolve(assembly.relativize(file).toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        for (String folder : List.of("lib", "system")) {
            Files.createSymbolicLink(
                    to.resolve(folder), assembly.resolve(folder).toAbsolutePath());
        }
    }

    /** Writes a file of a page, with the folders above it; a name that does not begin with / is below the user's home. */
    void write(String name, String text) throws IOException {
        String path = apply(name);
        Path file = path.startsWith("~/") ? home().resolve(path.substring(2)) : home().resolve(path);
        if (!file.toAbsolutePath().startsWith(root)) {
            throw new AssertionError(name + " is outside of the test's folder: name its folder in Substitutions");
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, apply(text));
    }

    String apply(String text) {
        return substitutions.apply(text);
    }

    int port(String number) {
        return substitutions.port(number);
    }

    Path root() {
        return root;
    }

    Path home() {
        return root.resolve("home");
    }

    /** What commands see of the world. */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("GUIDE_ROOT", root.toString());
        environment.put("GUIDE_REPOSITORY", System.getProperty("culex.repository", ""));
        environment.put("GUIDE_PORT", String.valueOf(port("1883")));
        environment.put("GUIDE_PROMETHEUS", "127.0.0.1:" + port("9090"));
        // Short runs: the quick compiler alone.
        environment.put("CULEX_OPTS", QUICK);
        environment.put("EXTRA_JAVA_OPTS", QUICK);
        environment.put("HOME", home().toString());
        environment.put("XDG_CONFIG_HOME", home().resolve(".config").toString());
        environment.put("SSL_CERT_DIR", root.resolve("etc/ssl/certs").toString());
        environment.put("MAVEN_OPTS", QUICK);
        environment.put(
                "PATH",
                HOME.resolve("itests/guide/src/test/resources/bin") + ":" + root.resolve("usr/share/culex/bin")
                        + ":/usr/sbin:" + System.getenv("PATH"));
        return environment;
    }

    /** What has been left out, as it was typed. */
    List<String> leftOut() throws IOException {
        Path list = root.resolve("left-out");
        return Files.exists(list) ? Files.readAllLines(list) : List.of();
    }

    /** Ends what stand-ins have started, and deletes the folder. */
    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("run"))) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".pid")).toList()) {
                ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).ifPresent(Scratch::stop);
            }
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Asks a process to end, and sees to it. */
    static void stop(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
