// SPDX-License-Identifier: Apache-2.0
package io.culex.config.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.config.file.InvalidConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCheckTest {
    private final Loading loading;

    FeatureCheckTest(@TempDir Path dir) {
        loading = new Loading(dir);
    }

    @Test
    void refusesEveryOptionThatRestrictsOrEncryptsWithoutItsFeature() {
        Map<String, String> features = new LinkedHashMap<>();
        features.put("password_file a", "culex-auth-passwordfile");
        features.put("acl_file a", "culex-auth-aclfile");
        features.put("psk_file a", "culex-transport-tls");
        features.put("plugin /usr/lib/mosquitto_dynamic_security.so", "culex-auth-dynsec");
        features.put("auth_plugin mosquitto_password_file", "culex-auth-passwordfile");
        features.put("global_plugin libmosquitto_acl_file.so", "culex-auth-aclfile");
        features.put("plugin_load x mosquitto_persist_sqlite.so", "culex-store-log");
        features.put("persistence true", "culex-store-log");
        features.put("plugin /opt/cedalo_metrics_prometheus_2.so", "culex-metrics-prometheus");
        features.put("plugin culex-auth-jaas", "culex-auth-jaas");
        features.put("plugin /opt/mine.jar", "culex-plugin-jars");
        features.put("keyfile a\ncertfile b", "culex-transport-tls");
        features.put("certfile a\nkeyfile b", "culex-transport-tls");
        features.put("cafile a\ncertfile b\nkeyfile c", "culex-transport-tls");
        features.put("capath a\ncertfile b\nkeyfile c", "culex-transport-tls");
        features.put("crlfile a", "culex-transport-tls");
        features.put("require_certificate true", "culex-transport-tls");
        features.put("use_identity_as_username true", "culex-transport-tls");
        features.put("use_subject_as_username true", "culex-transport-tls");
        features.put("psk_hint a", "culex-transport-tls");
        features.put("enable_proxy_protocol 1", "culex-transport-proxy");
        features.put("enable_proxy_protocol_v2 true", "culex-transport-proxy");
        features.put("proxy_protocol_v2_require_tls true", "culex-transport-proxy");
        features.put("proxy_trusted_networks 192.0.2.0/24", "culex-transport-proxy");
        features.put("protocol websockets", "culex-transport-websocket");
        features.put("protocol http_api", "culex-transport-http");
        features.forEach((lines, feature) -> {
            String option = lines.substring(0, lines.indexOf(' '));
            assertEquals(
                    List.of(
                            "Error: '" + option + "' needs the feature " + feature + ", which is not installed.",
                            "Error found at " + loading.file() + ":2."),
                    loading.refusalWithoutFeatures(("listener 1883\n" + lines).split("\n", -1)));
        });
    }

    @Test
    void refusesAlsoWhenOnlyAnotherFeatureIsInstalled() {
        String[] lines = {"password_file a", "acl_file b"};
        Features some = Features.parse("culex-auth-passwordfile, culex-transport-tls");
        String text = assertThrows(InvalidConfigException.class, () -> loading.load(some, lines))
                .lines()
                .get(0);
        assertEquals("Error: 'acl_file' needs the feature culex-auth-aclfile, which is not installed.", text);
    }

    @Test
    void acceptsRestrictionsThatAreSwitchedOff() throws Exception {
        Configuration loaded = loading.load(
                Features.parse(""),
                "listener 1883",
                "require_certificate false",
                "use_identity_as_username false",
                "use_subject_as_username 0",
                "use_username_as_clientid false",
                "proxy_protocol_v2_require_tls false",
                "enable_proxy_protocol_v2 false",
                "protocol mqtt");
        assertEquals(List.of(), loaded.log());
    }

    @Test
    void warnsOfOptionsThatDoNotRestrict() throws Exception {
        Configuration loaded = loading.load(
                Features.parse(""),
                "enable_control_api true",
                "listener 1883",
                "websockets_origin a",
                "connection x",
                "address y",
                "topic #",
                "connection z",
                "address y",
                "topic #");
        assertEquals(
                List.of(
                        "Warning: 'enable_control_api' needs the feature culex-control-broker, which is not installed.",
                        "Warning: 'websockets_origin' needs the feature culex-transport-websocket, which is not installed.",
                        "Warning: 'connection' needs the feature culex-bridge, which is not installed."),
                loaded.log().stream().map(line -> line.text()).toList());
        assertTrue(loading.load(Features.parse(""), "persistence false").log().isEmpty());
    }

    @Test
    void listsThePluginsThereAreForAnUnknownOne() {
        String error =
                loading.refusalWithoutFeatures("plugin /usr/lib/nothing.so").get(0);
        assertTrue(error.startsWith("Error: There is no plugin 'nothing'. There are cedalo_metrics_influxdb,"), error);
        assertTrue(error.contains("mosquitto_dynamic_security"), error);
    }

    @Test
    void readsTheFeaturesOfJars(@TempDir Path jars) throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue(Features.HEADER, "culex-a, culex-b");
        Path jar = Files.createDirectories(jars.resolve("x/1")).resolve("x-1.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        assertEquals(Set.of("culex-a", "culex-b"), Features.installedIn(jars).names());
    }
}
