// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Apache Karaf as it is downloaded, as a process of its own, with free ports and our key. All methods block. */
final class StockKaraf implements AutoCloseable {
    private final Path home;
    private final Ssh ssh;
    private final int mqtt = Ports.free();
    private final Process process;

    /**
     * Starts it; ready means that its console answers.
     *
     * @param repository where it finds artifacts; it asks nobody else
     */
    StockKaraf(String name, Path repository) throws IOException, InterruptedException {
        this(name, repository, "", "");
    }

    /**
     * The same with more settings.
     *
     * @param configuration more lines of its mosquitto.conf
     * @param system lines of its system.properties
     */
    StockKaraf(String name, Path repository, String configuration, String system)
            throws IOException, InterruptedException {
        home = Unpacked.of(System.getProperty("culex.stock.karaf"), name);
        Path etc = home.resolve("etc");
        ssh = Ssh.withKeyIn(home);
        ssh.authorizeIn(etc);
        int console = Ports.free();
        ssh.port(console);
        set(etc.resolve("org.apache.karaf.shell.cfg"), "sshPort", String.valueOf(console));
        set(etc.resolve("org.apache.karaf.management.cfg"), "rmiRegistryPort", String.valueOf(Ports.free()));
        set(etc.resolve("org.apache.karaf.management.cfg"), "rmiServerPort", String.valueOf(Ports.free()));
        Path mvn = etc.resolve("org.ops4j.pax.url.mvn.cfg");
        set(mvn, "org.ops4j.pax.url.mvn.localRepository", repository.toString());
        set(mvn, "org.ops4j.pax.url.mvn.repositories", "");
        Files.writeString(
                etc.resolve("mosquitto.conf"),
                "listener " + mqtt + " 127.0.0.1\nallow_anonymous true\n" + configuration);
        Files.writeString(etc.resolve("system.properties"), "\n" + system, StandardOpenOption.APPEND);
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/karaf").toString(), "daemon")
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("output").toFile());
        builder.environment().remove("MAVEN_OPTS");
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        awaitCommand("feature:list");
    }

    /** Waits until a command is there and goes well. */
    void awaitCommand(String command) {
        Await.until(Duration.ofSeconds(90), () -> command + " to go well", () -> answers(command));
    }

    private boolean answers(String command) {
        try {
            return ssh.run(command).exit() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Puts one value into a file of properties, over lines that go on. */
    private static void set(Path file, String key, String value) throws IOException {
        String text = Files.exists(file) ? Files.readString(file) : "";
        String without = text.replace("\\\n", "").replaceAll("(?m)^#?\\s*" + key.replace(".", "\\.") + "\\s*=.*$", "");
        Files.writeString(file, without + "\n" + key + " = " + value + "\n");
    }

    Ssh ssh() {
        return ssh;
    }

    Path home() {
        return home;
    }

    /** The port that its mosquitto.conf names. */
    int mqtt() {
        return mqtt;
    }

    void awaitBroker(boolean there) {
        Await.until(
                Duration.ofSeconds(60),
                () -> "the listener to be " + (there ? "open" : "closed"),
                () -> BrokerProcess.accepts(mqtt) == there);
    }

    /** Ends it by SIGTERM; returns its exit status. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("Karaf does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
