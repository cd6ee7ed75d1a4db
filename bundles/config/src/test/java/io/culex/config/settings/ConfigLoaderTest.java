// SPDX-License-Identifier: Apache-2.0
package io.culex.config.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.BrokerSettings;
import io.culex.api.config.ListenerSettings;
import io.culex.api.config.ListenerSettings.Binding;
import io.culex.api.config.ListenerSettings.Family;
import io.culex.config.commandline.CommandLine;
import io.culex.config.file.ConfText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    private final Loading loading;
    private final Path dir;

    ConfigLoaderTest(@TempDir Path dir) {
        this.dir = dir;
        loading = new Loading(dir);
    }

    @Test
    void hasTheDefaultsOfTheApi() throws Exception {
        Configuration loaded = Loading.commandLine();
        assertEquals(BrokerSettings.DEFAULTS, loaded.broker());
        assertEquals(List.of(localOnly(1883)), loaded.listeners());
        assertTrue(loaded.localOnly());
    }

    @Test
    void listensOnThePortsOfTheCommandLineInLocalOnlyMode() throws Exception {
        Configuration loaded = Loading.commandLine("-p", "1885", "-p", "1884");
        assertEquals(List.of(localOnly(1885), localOnly(1884)), loaded.listeners());
    }

    @Test
    void ignoresThePortsOfTheCommandLineWithAListener() throws Exception {
        String file = new ConfText(dir).write("a.conf", "listener 1899");
        Configuration loaded = Loading.commandLine("-p", "1884", "-c", file);
        assertEquals(1, loaded.listeners().size());
        assertEquals(1899, loaded.listeners().get(0).binding().port());
        assertFalse(loaded.localOnly());
    }

    @Test
    void closesTheLocalOnlyModeToAnonymousClientsOnRequest() throws Exception {
        assertFalse(first("allow_anonymous false").access().allowAnonymous());
        assertTrue(first("max_keepalive 10").access().allowAnonymous());
    }

    @Test
    void keepsOptionsOfTheDefaultListenerInLocalOnlyMode() throws Exception {
        ListenerSettings listener = first("max_connections 5");
        assertEquals("localhost", listener.binding().host());
        assertEquals(5, listener.clients().maxConnections());
    }

    @Test
    void isClosedToAnonymousClientsWithAListener() throws Exception {
        for (String line : List.of("listener 1883", "port 1883", "bind_address 127.0.0.1")) {
            assertFalse(first(line).access().allowAnonymous(), line);
        }
        assertTrue(first("listener 1883", "allow_anonymous true").access().allowAnonymous());
    }

    @Test
    void letsAListenerDecideAboutAnonymousClientsBothWays() throws Exception {
        List<ListenerSettings> listeners = loading.withAllFeatures(
                        "allow_anonymous true", "listener 1", "listener_allow_anonymous false", "listener 2")
                .listeners();
        assertFalse(listeners.get(0).access().allowAnonymous());
        assertTrue(listeners.get(1).access().allowAnonymous());
        assertTrue(first("listener 1", "listener_allow_anonymous true").access().allowAnonymous());
    }

    @Test
    void keepsSecurityOptionsApartWithPerListenerSettings() throws Exception {
        List<ListenerSettings> listeners = loading.withAllFeatures(
                        "per_listener_settings true",
                        "listener 1",
                        "allow_anonymous true",
                        "allow_zero_length_clientid false",
                        "auto_id_prefix x-",
                        "listener 2",
                        "password_file /p")
                .listeners();
        ListenerSettings.Access one = listeners.get(0).access();
        assertTrue(one.allowAnonymous());
        assertFalse(one.allowZeroLengthClientId());
        assertEquals("x-", one.autoIdPrefix());
        assertEquals(List.of(), one.plugins());
        ListenerSettings.Access two = listeners.get(1).access();
        assertEquals(new ListenerSettings.Access(false, true, "auto-", null, false, List.of("password_file@2")), two);
    }

    @Test
    void namesListenersByWhatTheyListenOn() throws Exception {
        Configuration loaded = loading.withAllFeatures(
                "listener 1883",
                "listener 1883 localhost",
                "listener 0 /run/culex.sock",
                "listener 1884",
                "bind_interface eth0",
                "listener 1885",
                "socket_domain ipv6");
        assertEquals(
                List.of("1883", "1883@localhost", "/run/culex.sock", "1884%eth0", "1885/ipv6"),
                loaded.listeners().stream().map(ListenerSettings::name).toList());
        assertEquals(
                new Binding(0, null, "/run/culex.sock", null, Family.ANY),
                loaded.listeners().get(2).binding());
        assertEquals(
                new Binding(1885, null, null, null, Family.IPV6),
                loaded.listeners().get(4).binding());
    }

    @Test
    void readsTheRulesForClientsOfAListener() throws Exception {
        ListenerSettings listener = first(
                "set_tcp_nodelay true",
                "listener 1883",
                "max_connections 9",
                "maximum_qos 1",
                "max_topic_alias 3",
                "max_topic_alias_broker 4",
                "mount_point a/",
                "accept_protocol_versions 4 5");
        assertEquals(new ListenerSettings.Clients(9, 1, 3, 4, "a/", Set.of(4, 5), true), listener.clients());
    }

    @Test
    void handsOptionsOfStagesOn() throws Exception {
        ListenerSettings listener = first(
                "packet_buffer_size 8192",
                "listener 8883",
                "protocol websockets",
                "certfile /c",
                "keyfile /k",
                "require_certificate true",
                "websockets_origin https://a",
                "websockets_origin https://b");
        assertEquals("websockets", listener.protocol());
        assertEquals(
                Map.of(
                        "certfile", "/c",
                        "keyfile", "/k",
                        "require_certificate", "true",
                        "websockets_origin", "https://a https://b",
                        "packet_buffer_size", "8192"),
                listener.stages());
        assertEquals(
                Map.of("enable_proxy_protocol", "2"),
                first("listener 1", "enable_proxy_protocol_v2 true").stages());
    }

    @Test
    void originsAreAskedForByListenersOfWebSocketsAlone() throws Exception {
        for (String protocol : List.of("mqtt", "http_api")) {
            ListenerSettings listener = first("listener 1", "websockets_origin https://a", "protocol " + protocol);
            assertFalse(listener.stages().containsKey("websockets_origin"), protocol);
        }
    }

    /** Also to those without a hint: a file that cannot be used is named, whoever is to be let in with it. */
    @Test
    void aPskFileGoesToEveryListenerThatItIsFor() throws Exception {
        Configuration loaded = loading.withAllFeatures("psk_file /p", "listener 1", "psk_hint h", "listener 2");
        assertEquals(List.of(), loaded.listeners().get(0).access().plugins());
        for (ListenerSettings listener : loaded.listeners()) {
            assertEquals("/p", listener.stages().get("psk_file"));
        }
        loaded = loading.withAllFeatures("per_listener_settings true", "listener 1", "psk_file /p", "listener 2");
        assertEquals(Map.of("psk_file", "/p"), loaded.listeners().get(0).stages());
        assertEquals(Map.of(), loaded.listeners().get(1).stages());
    }

    @Test
    void readsTheSettingsOfTheBroker() throws Exception {
        BrokerSettings broker = loading.withAllFeatures(
                        "max_inflight_messages 5",
                        "max_inflight_bytes 6",
                        "max_queued_messages 7",
                        "max_queued_bytes 8",
                        "max_packet_size 90",
                        "message_size_limit 10",
                        "memory_limit 11",
                        "global_max_clients 12",
                        "global_max_connections 13",
                        "allow_duplicate_messages false",
                        "max_keepalive 14",
                        "persistent_client_expiration 2h",
                        "queue_qos0_messages true",
                        "upgrade_outgoing_qos true",
                        "connect_timeout 15",
                        "plugin_swap_timeout 16",
                        "retain_available false",
                        "retain_expiry_interval 17",
                        "check_retain_source false",
                        "sys_interval 18",
                        "enable_control_api true")
                .broker();
        assertEquals(new BrokerSettings.Limits(5, 6, 7, 8, 90, 10, 11, 12, 13), broker.limits());
        assertEquals(
                new BrokerSettings.Sessions(
                        false,
                        Duration.ofSeconds(14),
                        Duration.ofHours(2),
                        true,
                        true,
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(16)),
                broker.sessions());
        assertEquals(new BrokerSettings.Retain(false, Duration.ofMinutes(17), false), broker.retain());
        assertEquals(Duration.ofSeconds(18), broker.sysInterval());
        assertTrue(broker.controlApi());
    }

    @Test
    void takesThePlaceOfTheStoreFromTheEnvironment() throws Exception {
        String file = new ConfText(dir).write("a.conf", "persistence_location /a", "persistence_sync fsync");
        ConfigLoader loader = new ConfigLoader(Features.parse(null), Map.of("MOSQUITTO_PERSISTENCE_LOCATION", "/b"));
        assertEquals(
                new StorageSettings(false, "/b", "mosquitto.db", "fsync"),
                loader.load(CommandLine.NONE.withConfigFile(file)).storage());
    }

    @Test
    void readsWhatConcernsTheProcess() throws Exception {
        assertEquals(
                new ProcessSettings("nobody", "/run/c.pid"),
                loading.withAllFeatures("user nobody", "pid_file /run/c.pid").process());
        assertNull(loading.withAllFeatures().process().user());
    }

    private ListenerSettings first(String... lines) throws Exception {
        return loading.withAllFeatures(lines).listeners().get(0);
    }

    private static ListenerSettings localOnly(int port) {
        return new ListenerSettings(
                port + "@localhost",
                new Binding(port, "localhost", null, null, Family.ANY),
                "mqtt",
                ListenerSettings.Clients.DEFAULTS,
                ListenerSettings.Access.LOCAL_ONLY,
                Map.of());
    }
}
