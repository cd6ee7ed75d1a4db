// SPDX-License-Identifier: Apache-2.0
package io.culex.config.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.ListenerSettings;
import io.culex.config.commandline.CommandLine;
import io.culex.config.file.BridgeTopic;
import io.culex.config.plugin.PluginSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configurations of the documents the product is made from. */
class SeedsTest {
    private final Path dir;

    SeedsTest(@TempDir Path dir) {
        this.dir = dir;
    }

    @Test
    void opensTwoListenersForTheCentralBroker() throws Exception {
        Configuration loaded = load("000/mosquitto.conf");
        assertEquals(List.of("1883@localhost", "1883@192.0.2.10"), names(loaded));
        for (ListenerSettings listener : loaded.listeners()) {
            assertFalse(listener.access().allowAnonymous());
            assertEquals(List.of("password_file"), listener.access().plugins());
        }
        assertEquals(Map.of(), loaded.listeners().get(0).stages());
        assertEquals(3, loaded.listeners().get(1).stages().size());
        assertEquals("/var/run/", loaded.process().pidFile());
        assertTrue(loaded.storage().enabled());
    }

    @Test
    void opensAPlainLocalAndAnEncryptedPublicListenerOnOnePort() throws Exception {
        Configuration loaded = load("001/mosquitto.conf");
        assertEquals(List.of("1883@localhost", "1883"), names(loaded));
        assertFalse(loaded.listeners().get(0).stages().containsKey("certfile"));
        assertTrue(loaded.listeners().get(1).stages().containsKey("certfile"));
    }

    @Test
    void readsTheBridgeOfTheRouter() throws Exception {
        Configuration loaded = load("001/bridge.conf");
        assertEquals(List.of("1883", "1888"), names(loaded));
        BridgeSettings bridge = loaded.extensions().bridges().get(0);
        assertEquals(List.of("mqtt.server.domain:1883"), bridge.addresses());
        assertEquals(List.of(new BridgeTopic("#", BridgeTopic.Direction.OUT, 2, "", "")), bridge.topics());
        assertEquals(dir.toString(), bridge.options().get("bridge_capath"));
        assertEquals("long-password-here", bridge.options().get("remote_password"));
        assertTrue(loaded.log().stream().anyMatch(line -> line.text().startsWith("Warning: 'bridge_capath'")));
    }

    @Test
    void asksForPasswordsAndRules() throws Exception {
        ListenerSettings listener = load("002/mosquitto.conf").listeners().get(0);
        assertEquals(List.of("password_file", "acl_file"), listener.access().plugins());
        assertFalse(listener.access().allowAnonymous());
    }

    @Test
    void readsEveryFormOfTheProxyProtocol() throws Exception {
        for (String file : List.of("passthrough", "require-tls", "mutual-tls", "identity")) {
            Map<String, String> stages =
                    load("003/" + file + ".conf").listeners().get(0).stages();
            assertEquals("2", stages.get("enable_proxy_protocol"), file);
        }
        assertEquals(
                "true", load("003/identity.conf").listeners().get(0).stages().get("use_identity_as_username"));
        assertTrue(load("003/encrypted.conf").listeners().get(0).stages().containsKey("keyfile"));
    }

    @Test
    void readsTheExporters() throws Exception {
        PluginSettings prometheus = plugin("003/prometheus.conf");
        assertEquals("culex-metrics-prometheus", prometheus.feature());
        assertEquals(
                Map.of("update_interval", "60", "bind_address", "192.0.2.1", "port", "8100"), prometheus.options());
        assertEquals("culex-metrics-influxdb", plugin("003/influx1.conf").feature());
        assertEquals("env", plugin("003/influx2.conf").options().get("token"));
    }

    @Test
    void readsDynamicSecurityOfBothSystems() throws Exception {
        for (String file : List.of("004/linux.conf", "004/windows.conf")) {
            Configuration loaded = load(file);
            assertEquals("culex-auth-dynsec", plugin(file).feature());
            assertEquals(
                    List.of("mosquitto_dynamic_security"),
                    loaded.listeners().get(0).access().plugins());
        }
    }

    private PluginSettings plugin(String file) throws Exception {
        return load(file).extensions().plugins().get(0);
    }

    private Configuration load(String file) throws Exception {
        Path folder = copy(file.substring(0, 3));
        CommandLine commandLine = CommandLine.NONE.withConfigFile(
                folder.resolve(file.substring(4)).toString());
        return new ConfigLoader(AllFeatures.installed(), Map.of()).load(commandLine);
    }

    /** Copies the files of a document, with the folder in the place of {dir}. */
    private Path copy(String seed) throws IOException, URISyntaxException {
        URL resource = SeedsTest.class.getResource("/seeds/" + seed);
        Path source = Path.of(Objects.requireNonNull(resource).toURI());
        try (Stream<Path> files = Files.walk(source)) {
            files.filter(Files::isRegularFile).forEach(file -> copy(source, file));
        }
        return dir;
    }

    private void copy(Path source, Path file) {
        try {
            Path target = dir.resolve(source.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.writeString(target, Files.readString(file).replace("{dir}", dir.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(Configuration loaded) {
        return loaded.listeners().stream().map(ListenerSettings::name).toList();
    }
}
