// SPDX-License-Identifier: Apache-2.0
package io.culex.config.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.config.file.ConfText;
import io.culex.config.file.ConfigReader;
import io.culex.config.file.InvalidConfigException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectiveConfigTest {
    private final ConfText conf;

    EffectiveConfigTest(@TempDir Path dir) {
        conf = new ConfText(dir);
    }

    private List<String> lines(boolean defaults, String... lines) throws InvalidConfigException {
        return new EffectiveConfig(ConfigReader.read(conf.write("test.conf", lines)), defaults).lines();
    }

    @Test
    void showsWhatIsGivenInTheFormOfTheFile() throws Exception {
        assertEquals(
                List.of(
                        "max_keepalive 60",
                        "log_dest stderr",
                        "log_dest file /tmp/x.log",
                        "allow_anonymous true",
                        "",
                        "listener 1883 127.0.0.1",
                        "max_qos 1",
                        "",
                        "listener 0 /tmp/x.sock"),
                lines(
                        false,
                        "# a comment",
                        "max_keepalive 60",
                        "log_dest stderr",
                        "log_dest file /tmp/x.log",
                        "allow_anonymous true",
                        "listener 1883 127.0.0.1",
                        "max_qos 1",
                        "listener 0 /tmp/x.sock"));
    }

    @Test
    void showsDefaultsAsComments() throws Exception {
        List<String> lines = lines(true, "max_keepalive 60", "listener 1883");
        assertTrue(lines.contains("max_keepalive 60"));
        assertFalse(lines.contains("# max_keepalive 0"));
        assertTrue(lines.contains("# max_inflight_messages 20"));
        assertTrue(lines.indexOf("# max_qos 2") > lines.indexOf("listener 1883"), lines.toString());
    }

    @Test
    void secretsAreMasked() throws Exception {
        List<String> lines = lines(
                false,
                "listener 1883",
                "plugin culex-auth-dynsec",
                "plugin_opt_config_file /etc/x.json",
                "plugin_opt_token abc",
                "plugin_opt_headers Authorization=Bearer abc",
                "plugin_opt_password_init_file /etc/init",
                "plugin_opt_url http://user:abc@localhost/",
                "connection b",
                "address localhost",
                "topic # both 1 here/ \"\"",
                "remote_username u",
                "remote_password abc");
        assertFalse(lines.toString().contains("abc"), lines.toString());
        assertTrue(
                lines.containsAll(List.of(
                        "global_plugin culex-auth-dynsec",
                        "plugin_opt_config_file /etc/x.json",
                        "plugin_opt_token ******",
                        "plugin_opt_headers ******",
                        "plugin_opt_password_init_file /etc/init",
                        "plugin_opt_url http://user:******@localhost/",
                        "remote_username u",
                        "remote_password ******",
                        "topic # both 1 here/ \"\"")),
                lines.toString());
    }

    @Test
    void pluginsStandWhereTheyDecide() throws Exception {
        assertEquals(
                List.of(
                        "per_listener_settings true",
                        "plugin_load p culex-auth-dynsec",
                        "plugin_opt_config_file /x",
                        "",
                        "listener 1883",
                        "plugin_use p"),
                lines(
                        false,
                        "per_listener_settings true",
                        "plugin_load p culex-auth-dynsec",
                        "plugin_opt_config_file /x",
                        "listener 1883",
                        "plugin_use p"));
    }
}
