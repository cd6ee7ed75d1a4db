// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Test;

/** The units for systemd, in the places where packages and people put them, read here and by {@code systemd-analyze}, where that is. */
public final class SystemdUnitsTest {
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");
    /** Of seed 000, whose broker listens on the address of a VPN. */
    private static final String SEED =
            """
            [Unit]
            Description=MQTT v3.1 message broker
            Requires=network.target openvpn-server@buben-vps.service
            After=network.target openvpn-server@buben-vps.service

            [Service]
            ExecStart=/usr/sbin/mosquitto -c /etc/mosquitto/mosquitto.conf

            [Install]
            WantedBy=multi-user.target
            """;

    private final Path etc = Path.of(System.getProperty("culex.context"), "etc");
    private final Path root;

    public SystemdUnitsTest() throws Exception {
        root = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "systemd-root");
        for (String name : new String[] {"culex.deb", "culex-mosquitto-compat.deb"}) {
            String file = Path.of(System.getProperty("culex.debian"), name).toString();
            Outcome unpacked = Outcome.of(new ProcessBuilder("dpkg-deb", "-x", file, root.toString()));
            assertEquals(unpacked.text(), 0, unpacked.exit());
        }
        // What the machine has: a kill, a network and a VPN.
        program("bin/kill");
        put("lib/systemd/system/openvpn-server@.service", "[Service]\nExecStart=/bin/kill -l\n");
        for (String target : List.of("sysinit", "basic", "shutdown", "network", "network-online", "multi-user")) {
            put("lib/systemd/system/" + target + ".target", "[Unit]\nDefaultDependencies=no\n");
        }
    }

    @After
    public void remove() throws Exception {
        assertEquals(
                0, Outcome.of(new ProcessBuilder("rm", "-rf", root.toString())).exit());
    }

    private void program(String name) throws IOException {
        assertTrue(put(name, "#!/bin/sh\n").toFile().setExecutable(true, false));
    }

    private Path put(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** What holds for a key in the end: of the unit, then of its drop-ins; an empty value forgets what was before. */
    private List<String> values(String unit, String section, String key) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("etc/systemd/system/", "lib/systemd/system/")) {
            Path file = root.resolve(folder + unit);
            if (files.isEmpty() && Files.exists(file)) {
                files.add(file);
            }
        }
        for (String dropIn : List.of(
                "lib/systemd/system/" + unit + ".d/package.conf", "etc/systemd/system/" + unit + ".d/vpn.conf")) {
            if (Files.exists(root.resolve(dropIn))) {
                files.add(root.resolve(dropIn));
            }
        }
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            String current = "";
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("[")) {
                    current = line.strip();
                } else if (current.equals("[" + section + "]") && line.startsWith(key + "=")) {
                    String value = line.substring(key.length() + 1).strip();
                    if (value.isEmpty()) {
                        found.clear();
                    } else {
                        found.addAll(List.of(value.split(" +", -1)));
                    }
                }
            }
        }
        return found;
    }

    /** Its program is there, and systemd has no objection. */
    private void verify(String unit) throws Exception {
        List<String> start = values(unit, "Service", "ExecStart");
        assertTrue(start.get(0), Files.isExecutable(root.resolve(start.get(0).substring(1))));
        assertEquals("-c", start.get(1));
        assertEquals(List.of("multi-user.target"), values(unit, "Install", "WantedBy"));
        if (Files.isExecutable(ANALYZE)) {
            Outcome outcome =
                    Outcome.of(new ProcessBuilder(ANALYZE.toString(), "verify", "--man=no", "--root=" + root, unit));
            assertEquals("", outcome.text());
            assertEquals(0, outcome.exit());
        }
    }

    private void assertNotifies(String unit) throws Exception {
        assertEquals(List.of("notify"), values(unit, "Service", "Type"));
        assertEquals(List.of("main"), values(unit, "Service", "NotifyAccess"));
        assertEquals(List.of("/bin/kill", "-HUP", "$MAINPID"), values(unit, "Service", "ExecReload"));
        assertEquals(List.of("network-online.target"), values(unit, "Unit", "Wants"));
        assertEquals(List.of("network-online.target"), values(unit, "Unit", "After"));
    }

    @Test
    public void unitsOfThePackagesStartWhatThePackagesHave() throws Exception {
        verify("culex.service");
        assertNotifies("culex.service");
        assertEquals(
                List.of("/usr/share/culex/bin/culex", "-c", "/etc/culex/mosquitto.conf"),
                values("culex.service", "Service", "ExecStart"));
        assertTrue(Files.exists(root.resolve("etc/culex/mosquitto.conf")));
        verify("mosquitto.service");
        assertNotifies("mosquitto.service");
    }

    @Test
    public void theUnitOfTheDistributionStartsIt() throws Exception {
        Files.delete(root.resolve("lib/systemd/system/culex.service.d/package.conf"));
        program("opt/culex/bin/culex");
        verify("culex.service");
        assertEquals(
                "/opt/culex/bin/culex",
                values("culex.service", "Service", "ExecStart").get(0));
    }

    @Test
    public void theBrokerComesAfterTheVpn() throws Exception {
        put("etc/systemd/system/culex.service.d/vpn.conf", Files.readString(etc.resolve("systemd/vpn.conf")));
        verify("culex.service");
        List<String> order = List.of("network-online.target", "openvpn-server@central.service");
        assertEquals(order, values("culex.service", "Unit", "After"));
        assertEquals(order, values("culex.service", "Unit", "Wants"));
        assertEquals(List.of("notify"), values("culex.service", "Service", "Type"));
    }

    @Test
    public void theUnitOfSeed000StandsBeforeThePackagedOne() throws Exception {
        put("etc/systemd/system/mosquitto.service", SEED);
        verify("mosquitto.service");
        assertTrue(values("mosquitto.service", "Unit", "After").contains("openvpn-server@buben-vps.service"));
    }
}
