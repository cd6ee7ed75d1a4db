// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScopeTest {
    private final ConfText conf;

    ScopeTest(@TempDir Path dir) {
        conf = new ConfText(dir);
    }

    @Test
    void refusesOptionsThatNeedAListener() {
        for (String line : List.of(
                "cafile a",
                "tls_version tlsv1.2",
                "mount_point a/",
                "enable_proxy_protocol 2",
                "enable_proxy_protocol_v2 true",
                "proxy_protocol_v2_require_tls true",
                "max_topic_alias 1",
                "max_topic_alias_broker 1",
                "websockets_origin a",
                "listener_allow_anonymous true",
                "listener_auto_id_prefix a",
                "disable_client_cert_date_checks true",
                "http_dir /tmp",
                "accept_protocol_versions 3",
                "plugin_use a")) {
            String option = line.substring(0, line.indexOf(' '));
            assertEquals(
                    "Error: The '" + option + "' option requires a listener to be defined first.", conf.error(line));
        }
    }

    @Test
    void makesTheDefaultListenerForTheOtherOptionsOfAListener() throws Exception {
        for (String line : List.of(
                "capath /etc\ncertfile a\nkeyfile b",
                "ciphers a",
                "max_connections 5",
                "max_qos 1",
                "protocol mqtt",
                "require_certificate true",
                "socket_domain ipv4",
                "bind_interface lo",
                "use_username_as_clientid true")) {
            ConfigDocument document = conf.read(line.split("\n", -1));
            assertEquals(1, document.listeners().size(), line);
            assertTrue(document.localOnly(), line);
            String option = line.substring(0, line.indexOf(' '));
            assertEquals(
                    "Creating default listener due to '" + option + "' option.",
                    document.log().get(0).text());
        }
    }

    @Test
    void opensTheDefaultListenerForPortAndBindAddress() throws Exception {
        ConfigDocument document = conf.read("port 1884", "bind_address 127.0.0.1");
        assertFalse(document.localOnly());
        Section listener = document.listeners().get(0);
        assertEquals("1884", listener.text(Keys.PORT));
        assertEquals("127.0.0.1", listener.text(Keys.HOST));
        assertEquals(1, document.listeners().size());
    }

    @Test
    void warnsOfASecondPortAndTakesIt() throws Exception {
        ConfigDocument once = conf.read("port 1884");
        assertFalse(once.log().toString().contains("multiple times"));
        ConfigDocument twice = conf.read("port 1884", "port 1885");
        assertTrue(twice.log().toString().contains("Default listener port specified multiple times."));
        assertEquals("1885", twice.listeners().get(0).text(Keys.PORT));
    }

    @Test
    void refusesWrongListeners() {
        assertEquals("Error: Empty 'listener' value in configuration.", conf.error("listener"));
        assertEquals("Error: 'listener port' value not a number.", conf.error("listener localhost"));
        assertEquals("Error: Invalid 'port' value (65536).", conf.error("listener 65536"));
        assertEquals("Error: Invalid 'port' value (0).", conf.error("port 0"));
        assertEquals(
                "Error: A listener with port 0 must provide a Unix socket path.", conf.error("listener 0 # nothing"));
        assertEquals(
                "Error: Error resolving bind_address: Name or service not known.",
                conf.error("bind_address no-such-host.invalid"));
        assertEquals(
                "Error: Duplicate 'default listener bind_address' value in configuration.",
                conf.error("bind_address 127.0.0.1", "bind_address 127.0.0.2"));
    }

    @Test
    void refusesTheSameBindingTwiceAsThePortInUse() {
        InvalidConfigException e =
                assertThrows(InvalidConfigException.class, () -> conf.read("listener 1883", "port 1883"));
        assertEquals("Error: Address already in use", e.reason().get(0));
        assertEquals(1, e.exitStatus());
    }

    @Test
    void takesAnAsteriskForAllAddresses() throws Exception {
        for (String[] lines : new String[][] {{"listener 1884 *"}, {"port 1884", "bind_address *"}}) {
            Section listener = conf.read(lines).listeners().get(0);
            assertEquals("1884", listener.text(Keys.PORT));
            assertNull(listener.text(Keys.HOST));
        }
        assertEquals("*", conf.read("listener 0 *").listeners().get(0).text(Keys.UNIX_PATH));
        assertEquals("Error: Address already in use", conf.error("listener 1883 *", "listener 1883"));
        assertEquals(
                "Error: Duplicate 'default listener bind_address' value in configuration.",
                conf.error("bind_address *", "bind_address 127.0.0.2"));
    }

    @Test
    void acceptsOnePortOnSeveralHosts() throws Exception {
        assertEquals(
                4,
                conf.read(
                                "listener 1883",
                                "listener 1883 localhost",
                                "listener 1883 192.0.2.1",
                                "listener 1883",
                                "socket_domain ipv4")
                        .listeners()
                        .size());
    }

    @Test
    void wantsAListenerForSecurityOptionsWithPerListenerSettings() throws Exception {
        for (String line : List.of(
                "allow_anonymous true",
                "password_file a",
                "acl_file a",
                "psk_file a",
                "plugin a",
                "auto_id_prefix a")) {
            String option = line.substring(0, line.indexOf(' '));
            assertEquals(
                    "Error: The '" + option + "' option requires a listener to be defined first.",
                    conf.error("per_listener_settings true", line));
        }
        ConfigDocument document = conf.read("per_listener_settings true", "listener 1883", "allow_anonymous true");
        assertTrue(document.listeners().get(0).flag("allow_anonymous"));
        assertFalse(document.global().has("allow_anonymous"));
    }

    @Test
    void keepsPerListenerSettingsOnceTrue() throws Exception {
        assertTrue(conf.read("per_listener_settings true", "per_listener_settings false")
                .perListener());
    }

    @Test
    void wantsPerListenerSettingsFirst() {
        assertEquals(
                "Error: per_listener_settings must be set before any other security settings.",
                conf.error("allow_anonymous true", "per_listener_settings true"));
    }

    @Test
    void takesBothSpellingsOfTheProxyProtocol() throws Exception {
        for (String line : List.of("enable_proxy_protocol 2", "enable_proxy_protocol_v2 true")) {
            assertEquals(
                    "2", conf.read("listener 1883", line).listeners().get(0).text("enable_proxy_protocol"));
        }
        Section off = conf.read("listener 1883", "enable_proxy_protocol_v2 false")
                .listeners()
                .get(0);
        assertFalse(off.has("enable_proxy_protocol"));
        assertEquals(
                "Error: enable_proxy_protocol must be 1 or 2.", conf.error("listener 1883", "enable_proxy_protocol 3"));
    }

    @Test
    void refusesListenerOptionsThatExcludeEachOther() {
        String listener = "listener 1883";
        String proxy = "enable_proxy_protocol 2";
        assertEquals(
                "Error: Both certfile and keyfile must be provided to enable a TLS listener.",
                conf.error(listener, "certfile a"));
        assertEquals("Error: cafile specified without certfile and keyfile.", conf.error(listener, "cafile a"));
        assertEquals("Error: capath specified without certfile and keyfile.", conf.error(listener, "capath a"));
        assertEquals(
                "Error: Cannot use both certificate and psk encryption in a single listener.",
                conf.error(listener, "certfile a", "keyfile b", "psk_hint c"));
        assertEquals(
                "Error: certfile and keyfile cannot be used with `enable_proxy_protocol 2`.",
                conf.error(listener, proxy, "certfile a", "keyfile b"));
        assertEquals(
                "Error: use_subject_as_username cannot be used with `enable_proxy_protocol 2`.",
                conf.error(listener, proxy, "use_subject_as_username true"));
        assertEquals(
                "Error: require_certificate cannot be used with `enable_proxy_protocol 1`.",
                conf.error(listener, "enable_proxy_protocol 1", "require_certificate true"));
    }

    @Test
    void refusesAMountPointWithWildcards() {
        assertEquals(
                "Error: Invalid 'mount_point' value (a/#). Does it contain a wildcard character?",
                conf.error("listener 1883", "mount_point a/#"));
    }

    @Test
    void readsProtocolVersionsBetweenCommasSpacesAndTabs() throws Exception {
        Section listener = conf.read("listener 1883", "accept_protocol_versions 5,\t3 9")
                .listeners()
                .get(0);
        assertEquals("3,5", listener.text("accept_protocol_versions"));
        assertEquals(
                "Error: Empty 'accept_protocol_versions' value in configuration.",
                conf.error("listener 1883", "accept_protocol_versions"));
    }

    @Test
    void refusesPluginOptionsOutOfPlace() {
        assertEquals("Error: Invalid 'plugin_opt_' config option.", conf.error("plugin acl_file.so", "plugin_opt_a b"));
        assertEquals("Error: Plugin 'x' not previously loaded.", conf.error("listener 1883", "plugin_use x"));
        assertEquals("Error: Duplicate plugin name 'x'.", conf.error("plugin_load x a.so", "plugin_load x b.so"));
    }

    @Test
    void givesPluginOptionsToTheLastPlugin() throws Exception {
        ConfigDocument document = conf.read(
                "plugin /usr/lib/a b.so", "auth_opt_one first  ", "global_plugin c.so", "plugin_opt_two  second");
        assertEquals("/usr/lib/a b.so", document.plugins().get(0).name());
        assertEquals("first", document.plugins().get(0).text("plugin_opt_one"));
        assertEquals("second", document.plugins().get(1).text("plugin_opt_two"));
    }

    @Test
    void refusesASecondLogFile() {
        assertEquals("Error: Duplicate \"log_dest file\" value.", conf.error("log_dest file /a", "log_dest file /b"));
        assertEquals("Error: Empty \"log_dest file\" value in configuration.", conf.error("log_dest file"));
        assertEquals("Error: Invalid 'log_dest' value (paper).", conf.error("log_dest paper"));
        assertEquals("Error: Invalid 'log_type' value (most).", conf.error("log_type most"));
        assertEquals("Error: Invalid 'protocol' value (mqttsn).", conf.error("listener 1", "protocol mqttsn"));
        assertEquals(
                "Error: Invalid 'socket_domain' value 'ipv5' in configuration.",
                conf.error("listener 1", "socket_domain ipv5"));
    }
}
