// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.influxdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.culex.metrics.export.OptionException;
import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Issued;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final String[] TWO = {
        "host", "https://example.hoster.cloud2.influxdata.com", "organisation", "my org", "bucket", "my-bucket"
    };
    private static final String[] ONE = {"hostname", "influxdb.example.com", "database", "edge_data"};

    private static Settings settings(String[] base, String... more) throws OptionException {
        Map<String, String> given = new HashMap<>();
        for (String[] options : new String[][] {base, more}) {
            for (int i = 0; i < options.length; i += 2) {
                given.put(options[i], options[i + 1]);
            }
        }
        Class<InfluxExporter.Config> type = InfluxExporter.Config.class;
        InfluxExporter.Config config = type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        given.getOrDefault(method.getName().replace("__", "_"), (String) method.getDefaultValue())));
        return Settings.of(config, "influx", name -> name.equals("INFLUXDB_TOKEN") ? "of the environment" : null);
    }

    private static String refusal(String[] base, String... more) {
        return String.valueOf(
                assertThrows(OptionException.class, () -> settings(base, more)).getMessage());
    }

    @Test
    void versionTwoHasAnOrganisationABucketAndAToken() throws OptionException {
        Settings settings = settings(TWO, "token", "abc==");
        assertEquals(
                "https://example.hoster.cloud2.influxdata.com/api/v2/write?org=my%20org&bucket=my-bucket&precision=s",
                settings.address().toString());
        assertEquals("Token abc==", settings.headers().get("Authorization"));
        assertEquals(
                "Token of the environment",
                settings(TWO, "token", "env").headers().get("Authorization"));
        assertEquals(
                "http://127.0.0.1:8086/in%20flux/api/v2/write?org=my%20org&bucket=my-bucket&precision=s",
                settings(TWO, "host", "http://127.0.0.1:8086/in%20flux/", "token", "t")
                        .address()
                        .toString());
    }

    @Test
    void versionOneHasAHostAndADatabase() throws OptionException {
        Settings settings = settings(ONE);
        assertEquals(
                "http://influxdb.example.com:8086/write?db=edge_data&precision=s",
                settings.address().toString());
        assertNull(settings.headers().get("Authorization"));
        assertNull(settings.trust());
        assertEquals(Duration.ofSeconds(15), settings.push().interval());
        assertEquals(
                "https://influxdb.example.com:8100/write?db=edge_data&precision=s",
                settings(ONE, "use_tls", "true", "port", "8100").address().toString());
        assertEquals(
                "http://[::1]:8086/write?db=edge_data&precision=s",
                settings(ONE, "hostname", "::1").address().toString());
    }

    @Test
    void bothTakeAUser() throws OptionException {
        assertEquals(
                "Basic dXNlcm5hbWU6cGFzc3dvcmQ=",
                settings(ONE, "username", "username", "password", "password")
                        .headers()
                        .get("Authorization"));
        assertEquals(
                "Basic dXNlcm5hbWU6cGFzc3dvcmQ=",
                settings(TWO, "username", "username", "password", "password")
                        .headers()
                        .get("Authorization"));
    }

    @Test
    void aFileSaysWhomToTrust(@TempDir Path folder) throws OptionException {
        Path ca = Issued.save(
                folder.resolve("ca.pem"), Authority.root("influx").own().pem());
        assertNotNull(settings(ONE, "cafile", ca.toString()).trust());
        Path empty = Issued.save(folder.resolve("empty.pem"), "");
        assertEquals(
                "influxdb: Error: 'plugin_opt_cafile' cannot be used: There is no certificate in it.",
                refusal(ONE, "cafile", empty.toString()));
    }

    @Test
    void anAddressNamesNoUserAndNoMessageShowsOne() {
        assertEquals(
                "influxdb: Error: 'plugin_opt_host' must not name a user: there are other options for that.",
                refusal(TWO, "host", "https://me:secret@host"));
        assertEquals(
                "influxdb: Error: 'plugin_opt_host' must not name a user: there are other options for that.",
                refusal(TWO, "host", "https://me:se cret@host"));
        assertEquals(
                "influxdb: Error: 'plugin_opt_hostname' must not name a user: there are other options for that.",
                refusal(ONE, "hostname", "me:secret@host"));
    }

    @Test
    void whatIsMissingOrWrongIsNamed() {
        String[] none = {};
        assertEquals(
                "influxdb: Error: Either 'plugin_opt_host' (InfluxDB 2) or 'plugin_opt_hostname' (InfluxDB 1) must be given.",
                refusal(none));
        assertEquals("influxdb: Error: The plugin needs 'plugin_opt_token'.", refusal(TWO));
        assertEquals(
                "influxdb: Error: 'plugin_opt_token' has characters that no header may have.",
                refusal(TWO, "token", "a\u20acb"));
        assertEquals("influxdb: Error: The plugin needs 'plugin_opt_bucket'.", refusal(TWO, "bucket", ""));
        assertEquals("influxdb: Error: The plugin needs 'plugin_opt_database'.", refusal(ONE, "database", ""));
        assertEquals(
                "influxdb: Error: 'plugin_opt_update_interval' value out of range, it is 1 to 86400.",
                refusal(ONE, "update_interval", "0"));
        assertEquals(
                "influxdb: Error: Invalid 'plugin_opt_host' value (ftp://x): not an http or https address.",
                refusal(TWO, "host", "ftp://x"));
        assertEquals("influxdb: Error: Invalid 'plugin_opt_use_tls' value (maybe).", refusal(ONE, "use_tls", "maybe"));
    }
}
