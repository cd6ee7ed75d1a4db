// SPDX-License-Identifier: Apache-2.0
package io.culex.config.provision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.config.file.InvalidConfigException;
import io.culex.config.settings.Loading;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvisionsTest {
    private final Loading loading;

    ProvisionsTest(@TempDir Path dir) {
        loading = new Loading(dir);
    }

    @Test
    void aPluginLineBecomesTheConfigurationOfItsFeature() throws Exception {
        List<Provision> provisions = Provisions.of(loading.withAllFeatures(
                "listener 1883",
                "plugin /usr/lib/mosquitto_acl_file.so",
                "plugin_opt_acl_file /a",
                "password_file /p",
                "global_plugin culex-auth-dynsec",
                "plugin_opt_realm karaf"));
        assertEquals(
                List.of("io.culex.auth.aclfile", "io.culex.auth.dynsec", "io.culex.auth.passwordfile"),
                provisions.stream().map(Provision::pid).toList());
        assertEquals(
                List.of("mosquitto_acl_file", "culex-auth-dynsec", "password_file"),
                provisions.stream().map(Provision::name).toList());
        assertEquals(Map.of("acl_file", "/a"), provisions.get(0).properties());
        assertEquals(Map.of("realm", "karaf"), provisions.get(1).properties());
        assertEquals(Map.of("password_file", "/p"), provisions.get(2).properties());
    }

    @Test
    void tellsOurPluginsOfSpecialCharactersOnlyWhenAsked() throws Exception {
        List<Provision> provisions = Provisions.of(loading.withAllFeatures(
                "plugin mosquitto_acl_file.so",
                "auth_plugin_deny_special_chars true",
                "plugin mosquitto_password_file.so",
                "listener 1883"));
        assertEquals(Map.of("culex.deny.special.chars", true), provisions.get(0).properties());
        assertEquals(Map.of(), provisions.get(1).properties());
    }

    @Test
    void theStoreIsOneComponentHoweverItIsAskedFor() throws Exception {
        Provision byOption = Provisions.of(loading.withAllFeatures(
                        "persistence true",
                        "persistence_location /var/lib/x/",
                        "persistence_sync fsync",
                        "listener 1883"))
                .get(0);
        assertEquals("io.culex.store.log", byOption.pid());
        assertEquals(Map.of("location", "/var/lib/x/", "sync", "fsync"), byOption.properties());
        assertTrue(byOption.fixed());
        List<Provision> byPlugin = Provisions.of(loading.withAllFeatures(
                "plugin mosquitto_persist_sqlite.so",
                "plugin_opt_sync extra",
                "persistence_location /var/lib/x/",
                "listener 1883"));
        assertEquals(List.of(byOption), byPlugin);
        assertEquals(List.of(), Provisions.of(loading.withAllFeatures("listener 1883")));
    }

    @Test
    void refusesTwoStores() {
        InvalidConfigException refusal = assertThrows(
                InvalidConfigException.class,
                () -> loading.withAllFeatures(
                        "persistence true", "plugin mosquitto_persist_sqlite.so", "listener 1883"));
        assertEquals(
                "Error: 'persistence true' and a persistence plugin cannot be used together.",
                refusal.lines().get(0));
    }

    @Test
    void refusesALevelThatThereIsNot() {
        InvalidConfigException refusal = assertThrows(
                InvalidConfigException.class,
                () -> loading.withAllFeatures(
                        "plugin mosquitto_persist_sqlite.so", "plugin_opt_sync always", "listener 1883"));
        assertEquals(
                "Error: Invalid 'plugin_opt_sync' value (always).",
                refusal.lines().get(0));
    }
}
