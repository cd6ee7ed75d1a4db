// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

/** The Debian packages, by dpkg in a folder of their own: installed, run, and purged. Needs root, as dpkg does. */
public final class DebianPackageTest {
    private final Path packages = Path.of(System.getProperty("culex.debian"));
    private final Path root;

    public DebianPackageTest() throws IOException {
        root = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "debian-root");
        Files.createDirectories(root.resolve("var/lib/dpkg/updates"));
        Files.createDirectories(root.resolve("var/lib/dpkg/info"));
        Files.createFile(root.resolve("var/lib/dpkg/status"));
    }

    private static boolean isRoot() throws IOException, InterruptedException {
        return Outcome.of(new ProcessBuilder("id", "-u")).text().strip().equals("0")
                && Files.isExecutable(Path.of("/usr/bin/dpkg"));
    }

    private void dpkg(String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(
                List.of("dpkg", "--root=" + root, "--force-script-chrootless", "--force-depends", "--force-confnew"));
        words.addAll(List.of(arguments));
        Outcome outcome = Outcome.of(new ProcessBuilder(words));
        assertEquals(outcome.text(), 0, outcome.exit());
    }

    /** What the links of the package point to is below the folder. */
    private void repoint() throws IOException {
        Path etc = root.resolve("usr/share/culex/etc");
        assertEquals(Path.of("/etc/culex/karaf"), Files.readSymbolicLink(etc));
        Files.delete(etc);
        Files.createSymbolicLink(etc, root.resolve("etc/culex/karaf"));
    }

    @Test
    public void isInstalledRunAndPurged() throws Exception {
        assumeTrue(isRoot());
        dpkg("-i", packages.resolve("culex.deb").toString());
        for (String file : new String[] {
            "etc/culex/mosquitto.conf",
            "etc/culex/karaf/startup.properties",
            "etc/logrotate.d/culex",
            "lib/systemd/system/culex.service",
            "usr/bin/culex_ctrl",
            "usr/bin/culex_passwd",
            "lib/systemd/system/culex.service.d/package.conf",
            "var/lib/culex",
            "var/log/culex"
        }) {
            assertTrue(file, Files.exists(root.resolve(file)));
        }
        repoint();
        runs(root.resolve("usr/bin/culex"));
        dpkg("-i", packages.resolve("culex-mosquitto-compat.deb").toString());
        runs(root.resolve("usr/sbin/mosquitto"));
        assertTrue(Files.exists(root.resolve("usr/bin/mosquitto_passwd")));
        assertTrue(Files.exists(root.resolve("usr/bin/mosquitto_ctrl")));
        // Else the service's folders would be root's, and the broker, which becomes that user, could not write there.
        assertTrue(Files.readString(root.resolve("lib/systemd/system/mosquitto.service"))
                .contains("\nUser=culex\n"));
        dpkg("-P", "culex-mosquitto-compat", "culex");
        for (String gone :
                new String[] {"usr/bin/culex", "usr/sbin/mosquitto", "etc/culex/mosquitto.conf", "var/lib/culex"}) {
            assertFalse(gone, Files.exists(root.resolve(gone)));
        }
    }

    /** With the package's own configuration, moved to the folder and to a free port. */
    private void runs(Path program) throws IOException, InterruptedException {
        int port = Ports.free();
        String conf = Files.readString(root.resolve("etc/culex/mosquitto.conf"))
                .replace("/var/", root + "/var/")
                .replace("/etc/", root + "/etc/");
        Path file = Files.writeString(root.resolve("test.conf"), conf + "listener " + port + " 127.0.0.1\n");
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "-c", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("output").toFile());
        builder.environment().put("PUID", "0");
        Process broker = builder.start();
        try {
            Await.until(Duration.ofSeconds(60), () -> "the listener\n" + output(), () -> BrokerProcess.accepts(port));
        } finally {
            broker.destroy();
        }
        assertTrue(broker.waitFor(30, TimeUnit.SECONDS));
        assertEquals(output(), 0, broker.exitValue());
    }

    private String output() {
        try {
            return Files.readString(root.resolve("output"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
