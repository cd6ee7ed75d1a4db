// SPDX-License-Identifier: Apache-2.0
package io.culex.config.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.ListenerSettings;
import io.culex.config.settings.Configuration;
import io.culex.config.settings.Loading;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which plugins a file asks for, and which decide on which listener. */
class PluginListTest {
    private final Loading loading;

    PluginListTest(@TempDir Path dir) {
        loading = new Loading(dir);
    }

    @Test
    void ordersPluginsGlobalFirstAndFilesLast() throws Exception {
        Configuration loaded = loading.withAllFeatures(
                "per_listener_settings true",
                "plugin_load named /usr/lib/mosquitto_acl_file.so",
                "plugin_opt_acl_file /acl",
                "listener 1",
                "password_file /p",
                "plugin mosquitto_dynamic_security.so",
                "plugin_opt_config_file /d",
                "plugin_use named",
                "global_plugin mosquitto_password_file.so",
                "global_plugin cedalo_metrics_prometheus.so");
        assertEquals(
                List.of("mosquitto_password_file", "mosquitto_dynamic_security", "named", "password_file@1"),
                loaded.listeners().get(0).access().plugins());
        List<PluginSettings> plugins = loaded.extensions().plugins();
        assertEquals(
                List.of(
                        "named",
                        "mosquitto_dynamic_security",
                        "mosquitto_password_file",
                        "cedalo_metrics_prometheus",
                        "password_file@1"),
                plugins.stream().map(PluginSettings::name).toList());
        assertEquals(Map.of("acl_file", "/acl"), plugins.get(0).options());
        assertEquals(Map.of("config_file", "/d"), plugins.get(1).options());
        assertEquals(Map.of("password_file", "/p"), plugins.get(4).options());
    }

    @Test
    void aRealmDecidesAndAGatewayDoesNot() throws Exception {
        Configuration loaded = loading.withAllFeatures("listener 1", "plugin jaas", "plugin culex-gateway-eventadmin");
        assertEquals(List.of("jaas"), loaded.listeners().get(0).access().plugins());
        assertEquals(
                List.of("culex-auth-jaas", "culex-gateway-eventadmin"),
                loaded.extensions().plugins().stream()
                        .map(PluginSettings::feature)
                        .toList());
    }

    @Test
    void aNameOfPluginLoadNeverStandsInForAnotherPlugin() throws Exception {
        Configuration loaded = loading.withAllFeatures(
                "plugin_load acl_file mosquitto_password_file.so",
                "plugin_load mosquitto_dynamic_security.2 mosquitto_acl_file.so",
                "global_plugin /a/mosquitto_dynamic_security.so",
                "global_plugin /b/mosquitto_dynamic_security.so",
                "acl_file /acl",
                "listener 1");
        List<PluginSettings> plugins = loaded.extensions().plugins();
        assertEquals(
                List.of(
                        "acl_file",
                        "mosquitto_dynamic_security.2",
                        "mosquitto_dynamic_security",
                        "mosquitto_dynamic_security.3",
                        "acl_file.2"),
                plugins.stream().map(PluginSettings::name).toList());
        assertEquals(
                List.of("mosquitto_dynamic_security", "mosquitto_dynamic_security.3", "acl_file.2"),
                loaded.listeners().get(0).access().plugins());
        assertEquals("culex-auth-aclfile", plugins.get(4).feature());
    }

    @Test
    void keepsThePluginsOfListenersApartWithPerListenerSettings() throws Exception {
        Configuration loaded = loading.withAllFeatures(
                "per_listener_settings true",
                "listener 1",
                "password_file /p",
                "allow_anonymous false",
                "listener 2 localhost",
                "allow_anonymous true",
                "acl_file /a",
                "listener 3",
                "listener_allow_anonymous true",
                "listener 4");
        List<ListenerSettings.Access> access =
                loaded.listeners().stream().map(ListenerSettings::access).toList();
        assertEquals(
                List.of(List.of("password_file@1"), List.of("acl_file@2@localhost"), List.of(), List.of()),
                access.stream().map(ListenerSettings.Access::plugins).toList());
        assertEquals(
                List.of(false, true, true, false),
                access.stream().map(ListenerSettings.Access::allowAnonymous).toList());
    }

    @Test
    void sharesThePluginsOfTheFileWithoutPerListenerSettings() throws Exception {
        Configuration loaded = loading.withAllFeatures(
                "password_file /p",
                "allow_anonymous false",
                "listener 1 localhost",
                "listener_allow_anonymous true",
                "listener 2",
                "clientid_prefixes secure-",
                "use_username_as_clientid true");
        ListenerSettings.Access first = loaded.listeners().get(0).access();
        ListenerSettings.Access second = loaded.listeners().get(1).access();
        assertEquals(List.of("password_file"), first.plugins());
        assertEquals(List.of("password_file"), second.plugins());
        assertTrue(first.allowAnonymous());
        assertFalse(second.allowAnonymous());
        assertEquals("secure-", first.clientIdPrefixes());
        assertFalse(first.usernameAsClientId());
        assertTrue(second.usernameAsClientId());
    }
}
