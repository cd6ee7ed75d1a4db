// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * {@code etc/docker}: the steps of its Dockerfile done without Docker, its entry point as process 1, and in there what seed 002 does with
 * {@code docker exec}.
 */
public final class ContainerImageTest {
    private static final String BASE =
            """
            listener {port}
            persistence true
            persistence_location /mosquitto/data/
            log_dest stderr
            log_dest file /mosquitto/log/mosquitto.log
            """;
    private static final String OPEN = BASE + "allow_anonymous true\n";
    private static final String SECURED =
            """
            allow_anonymous false
            password_file /mosquitto/config/mosquitto.passwd
            acl_file /mosquitto/config/acl
            """;
    private static final String ACL =
            """
            # Give Home Assitant full access to everything
            user homeassist
            topic readwrite #

            # Allow the sonoffs to read/write to cmnd/# and stat/#
            user sonoffswitch
            topic readwrite cmnd/#
            topic readwrite stat/#

            # Allows the light sensor to read/write to the sensor topics
            user lightsense
            topic cmnd/sensor/#
            topic stat/sensor/#
            """;
    /** Nobody subscribes to it (0x10), and it was taken. */
    private static final String ACCEPTED = "PUBACK (Mid: 1, RC:16)";

    private static final String PASSWORDS = "/mosquitto/config/mosquitto.passwd";

    private final Recipe image;

    public ContainerImageTest() throws IOException {
        image = Recipe.of(Path.of(System.getProperty("culex.context"), "etc/docker/Dockerfile"));
    }

    /** Where this is not allowed nothing here can be tested, and that is no success. */
    @BeforeClass
    public static void thisMachineLetsUsMakeNamespaces() throws Exception {
        Outcome outcome =
                Outcome.of(new ProcessBuilder("unshare", "--mount", "--pid", "--fork", "sh", "-c", "echo $$"));
        assertEquals(
                "needs root, and `unshare --mount --pid` to be permitted: " + outcome.text(),
                "1",
                outcome.text().strip());
    }

    private static void assertHas(String part, String text) {
        assertTrue("\"" + part + "\" in\n" + text, text.contains(part));
    }

    private static void assertOwner(Path path, int uid, int gid) throws IOException {
        assertEquals(path + " user", uid, Files.getAttribute(path, "unix:uid"));
        assertEquals(path + " group", gid, Files.getAttribute(path, "unix:gid"));
    }

    private static void assertAllOwned(Path folder, int uid, int gid) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> paths = all.toList();
            assertTrue("files in " + paths, paths.size() > 1);
            for (Path path : paths) {
                assertOwner(path, uid, gid);
            }
        }
    }

    private static String publish(Container container, String user, String topic) throws Exception {
        return container
                .exec(
                        "mosquitto_pub",
                        "-p",
                        String.valueOf(container.port()),
                        "-V",
                        "mqttv5",
                        "-u",
                        user,
                        "-P",
                        user + "-secret",
                        "-q",
                        "1",
                        "-d",
                        "-t",
                        topic,
                        "-m",
                        "x")
                .text();
    }

    @Test
    public void everyCommandOfSeed002WorksInIt() throws Exception {
        try (Container mqtt = new Container(image)) {
            mqtt.write("config/mosquitto.conf", BASE + SECURED);
            mqtt.write("config/acl", ACL);
            mqtt.write("config/mosquitto.passwd", "");
            mqtt.start();
            mqtt.awaitReady();
            assertTrue(mqtt.status("NSpid"), mqtt.status("NSpid").endsWith("\t1"));
            assertEquals("java", mqtt.status("Name"));
            assertEquals("1883\t1883\t1883\t1883", mqtt.status("Uid"));
            assertEquals("1883\t1883\t1883\t1883", mqtt.status("Gid"));
            assertEquals("", mqtt.status("Groups"));

            assertHas("CONNACK (135)", publish(mqtt, "homeassist", "stat/a"));
            for (String user : new String[] {"homeassist", "sonoffswitch", "lightsense"}) {
                mqtt.expect("mosquitto_passwd", "-b", PASSWORDS, user, user + "-secret");
            }
            mqtt.expect("kill", "-SIGHUP", "1");
            mqtt.awaitLogs("Config loaded from /mosquitto/config/mosquitto.conf.", 2);
            assertTrue(Files.readString(mqtt.path("config/mosquitto.passwd")).startsWith("homeassist:$7$210000$"));
            assertHas(ACCEPTED, publish(mqtt, "homeassist", "house/door"));
            assertHas(ACCEPTED, publish(mqtt, "lightsense", "stat/sensor/1"));
            assertHas("PUBACK (Mid: 1, RC:135)", publish(mqtt, "lightsense", "house/door"));

            mqtt.expect("kill", "-SIGUSR2", "1");
            mqtt.awaitLogs("Topics seen since the start: 2", 1);
            mqtt.awaitLogs("    stat/sensor/1 (1, ", 1);

            mqtt.write("config/acl", ACL + "topic house/door\n");
            mqtt.expect("kill", "-HUP", "1");
            mqtt.awaitLogs("Config loaded from /mosquitto/config/mosquitto.conf.", 3);
            assertHas(ACCEPTED, publish(mqtt, "lightsense", "house/door"));

            mqtt.expect("kill", "-USR1", "1");
            mqtt.awaitLogs("Saving the store to the disk.", 1);
            assertEquals(0, mqtt.stop());
            assertTrue(Files.readString(mqtt.path("log/mosquitto.log")).contains(" terminating"));
            assertAllOwned(mqtt.path("data"), 1883, 1883);
            assertAllOwned(mqtt.path("log"), 1883, 1883);
            assertOwner(mqtt.path("config/acl"), 0, 0);
        }
    }

    @Test
    public void otherIdsGetTheFoldersAndTheRootIsNotWrittenTo() throws Exception {
        try (Container mqtt =
                new Container(image).confined().with("PUID", "4711").with("PGID", "4712")) {
            mqtt.write("config/mosquitto.conf", OPEN);
            Path earlier = mqtt.write("data/of-an-earlier-owner", "");
            mqtt.start();
            mqtt.awaitReady();
            assertEquals("4711\t4711\t4711\t4711", mqtt.status("Uid"));
            assertEquals("4712\t4712\t4712\t4712", mqtt.status("Gid"));
            assertHas(ACCEPTED, publish(mqtt, "anyone", "a/b"));
            assertHas(
                    "Read-only file system", mqtt.exec("touch", "/opt/culex/x").text());
            assertEquals(0, mqtt.stop());
            assertAllOwned(mqtt.path("data"), 4711, 4712);
            assertAllOwned(mqtt.path("log"), 4711, 4712);
            assertOwner(earlier, 4711, 4712);
            assertFalse(mqtt.logs(), mqtt.logs().contains("Warning: "));
        }
    }

    @Test
    public void anotherUserThanRootTakesThingsAsTheyAre() throws Exception {
        try (Container mqtt = new Container(image).as(5000, 5001)) {
            mqtt.write("config/mosquitto.conf", OPEN);
            for (String folder : new String[] {"data", "log"}) {
                Files.setAttribute(mqtt.path(folder), "unix:uid", 5000);
                Files.setAttribute(mqtt.path(folder), "unix:gid", 5001);
            }
            mqtt.start("mosquitto", "-c", "/mosquitto/config/mosquitto.conf");
            mqtt.awaitReady();
            assertEquals("5000\t5000\t5000\t5000", mqtt.status("Uid"));
            assertEquals(0, mqtt.stop());
            assertAllOwned(mqtt.path("data"), 5000, 5001);
        }
    }

    @Test
    public void itsHealthIsThatOfTheListeners() throws Exception {
        try (Container mqtt = new Container(image)) {
            mqtt.write("config/mosquitto.conf", OPEN);
            mqtt.start();
            mqtt.awaitReady();
            String[] check = image.words("HEALTHCHECK").toArray(String[]::new);
            // The last lines of how this test asked whether the port accepts may still be on their way.
            mqtt.awaitLogs(" running", 1);
            mqtt.awaitLogs("connection closed by client", 1);
            String before = mqtt.logs();
            assertEquals("well\n", mqtt.expect(check));
            mqtt.write("config/mosquitto.conf", OPEN + "listener 1 192.0.2.1\n");
            Outcome ill = mqtt.exec(check);
            assertEquals("nothing listens on port 1\n", ill.text());
            assertEquals(1, ill.exit());
            assertEquals(before, mqtt.logs());
        }
    }

    @Test
    public void aPasswordFileMadeInItIsTheBrokersOwn() throws Exception {
        try (Container mqtt = new Container(image)) {
            mqtt.write("config/mosquitto.conf", OPEN);
            mqtt.start();
            mqtt.awaitReady();
            mqtt.expect("mosquitto_passwd", "-c", "-b", PASSWORDS, "homeassist", "homeassist-secret");
            assertOwner(mqtt.path("config/mosquitto.passwd"), 1883, 1883);
            mqtt.write("config/mosquitto.conf", BASE + "password_file " + PASSWORDS + "\n");
            mqtt.expect("kill", "-HUP", "1");
            mqtt.awaitLogs("Config loaded from /mosquitto/config/mosquitto.conf.", 2);
            assertHas(ACCEPTED, publish(mqtt, "homeassist", "a/b"));
        }
    }

    @Test
    public void whatTheBrokerCannotReadIsNamed() throws Exception {
        try (Container mqtt = new Container(image)) {
            mqtt.write("config/mosquitto.conf", OPEN + "password_file " + PASSWORDS + "\n");
            Path secret = mqtt.write("config/mosquitto.passwd", "");
            assertTrue(
                    secret.toFile().setReadable(false, false) && secret.toFile().setReadable(true, true));
            mqtt.start();
            assertNotEquals(0, mqtt.awaitEnd());
            assertHas("Warning: " + PASSWORDS + " cannot be read by 1883:1883, whom the broker becomes.", mqtt.logs());
        }
    }

    @Test
    public void exitStatusesAreTheBrokersOwn() throws Exception {
        try (Container wrong = new Container(image)) {
            wrong.write("config/mosquitto.conf", "nonsense 1\n");
            wrong.start();
            assertEquals(wrong.logs(), 3, wrong.awaitEnd());
            assertHas("Unknown configuration variable 'nonsense'.", wrong.logs());
        }
        try (Container version = new Container(image)) {
            version.start("--version");
            assertEquals(version.logs(), 0, version.awaitEnd());
            assertTrue(version.logs(), version.logs().startsWith("culex version "));
        }
        try (Container ids = new Container(image).with("PUID", "mosquitto")) {
            ids.start();
            assertEquals(ids.logs(), 1, ids.awaitEnd());
            assertHas("PUID 'mosquitto' and PGID '1883' must be numbers.", ids.logs());
        }
    }

    @Test
    public void theConfigurationsOfTheImageAreRight() throws Exception {
        for (String file : new String[] {"/mosquitto/config/mosquitto.conf", "/mosquitto-no-auth.conf"}) {
            try (Container check = new Container(image)) {
                Files.copy(
                        Path.of(System.getProperty("culex.context"), "etc/docker/mosquitto.conf"),
                        check.path("config/mosquitto.conf"));
                check.start("mosquitto", "-c", file, "--test-config");
                assertEquals(check.logs(), 0, check.awaitEnd());
                assertHas("Configuration file is OK.", check.logs());
            }
        }
    }

    /** On this machine everything is there; in the base image only what is essential. */
    @Test
    public void itsProgramsAreInPackagesThatItInstalls() throws Exception {
        for (String program : new String[] {
            "/bin/kill",
            "/usr/bin/setpriv",
            "/usr/bin/find",
            "/bin/sed",
            "/bin/grep",
            "/bin/tar",
            "/bin/gzip",
            "/usr/bin/mosquitto_sub"
        }) {
            String owner =
                    Outcome.of(new ProcessBuilder("dpkg", "-S", program)).text().replaceAll(":.*\\s*", "");
            String facts = Outcome.of(new ProcessBuilder("dpkg", "-s", owner)).text();
            assertTrue(
                    program + " of " + owner,
                    facts.contains("\nEssential: yes\n") || image.packages().contains(owner));
        }
        assertTrue(image.packages().contains("openjdk-17-jre-headless"));
    }
}
