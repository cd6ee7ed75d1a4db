// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionTableTest {
    /** Every keyword of Mosquitto 2.1. */
    private static final String MOSQUITTO =
            """
            accept_protocol_versions acl_file address addresses allow_anonymous allow_duplicate_messages
            allow_zero_length_clientid auth_plugin auth_plugin_deny_special_chars auto_id_prefix autosave_interval
            autosave_on_changes bind_address bind_interface bridge_alpn bridge_attempt_unsubscribe bridge_bind_address
            bridge_cafile bridge_capath bridge_certfile bridge_ciphers bridge_ciphers_tls1.3 bridge_identity
            bridge_insecure bridge_keyfile bridge_max_packet_size bridge_max_topic_alias bridge_outgoing_retain
            bridge_protocol_version bridge_psk bridge_receive_maximum bridge_reload_type bridge_require_ocsp
            bridge_session_expiry_interval bridge_tcp_keepalive bridge_tcp_user_timeout bridge_tls_use_os_certs
            bridge_tls_version cafile capath certfile check_retain_source ciphers ciphers_tls1.3 cleansession clientid
            clientid_prefixes connection connection_messages crlfile dhparamfile disable_client_cert_date_checks
            enable_control_api enable_proxy_protocol global_max_clients global_max_connections global_plugin http_dir
            idle_timeout include_dir keepalive_interval keyfile listener listener_allow_anonymous
            listener_auto_id_prefix local_cleansession local_clientid local_password local_username log_dest
            log_facility log_timestamp log_timestamp_format log_type max_connections max_inflight_bytes
            max_inflight_messages max_keepalive max_packet_size max_qos max_queued_bytes max_queued_messages
            max_topic_alias max_topic_alias_broker maximum_qos memory_limit message_size_limit mount_point
            notification_topic notifications notifications_local_only packet_buffer_size password password_file
            per_listener_settings persistence persistence_file persistence_location persistent_client_expiration
            pid_file plugin plugin_load plugin_use port protocol proxy_protocol_v2_require_tls psk_file psk_hint
            queue_qos0_messages remote_clientid remote_password remote_username require_certificate restart_timeout
            retain_available retain_expiry_interval retained_persistence retry_interval round_robin set_tcp_nodelay
            socket_domain start_type sys_interval threshold tls_engine tls_engine_kpass_sha1 tls_keyform tls_version
            topic try_private upgrade_outgoing_qos use_identity_as_username use_subject_as_username
            use_username_as_clientid user username websockets_headers_size websockets_log_level websockets_origin
            auth_opt_* plugin_opt_*""";

    /** What Mosquitto does not have; docs/own-options.md lists them. */
    static final Set<String> OURS = Set.of(
            "bridge_hop_limit",
            "bridge_max_queued_bytes",
            "bridge_max_queued_messages",
            "bridge_resend_retained",
            "config_watch",
            "connect_timeout",
            "enable_proxy_protocol_v2",
            "persistence_sync",
            "plugin_swap_timeout",
            "proxy_trusted_networks");

    /** Values of the options whose value is not made of their type alone. */
    private static final Map<String, String> VALUES = Map.of(
            "accept_protocol_versions", "3,4,5",
            "address", "localhost:1884",
            "bind_address", "localhost",
            "bridge_tcp_keepalive", "1 2 3",
            "enable_proxy_protocol_v2", "false",
            "listener", "1899",
            "log_dest", "stdout",
            "port", "1884",
            "restart_timeout", "5 10",
            "topic", "a/# out 1");

    private final Path dir;
    private final ConfText conf;

    OptionTableTest(@TempDir Path dir) {
        this.dir = dir;
        conf = new ConfText(dir);
    }

    @Test
    void knowsEveryOptionOfMosquittoAndOursAndNoOther() {
        Set<String> expected = new TreeSet<>(List.of(MOSQUITTO.split("\\s+", -1)));
        expected.addAll(OURS);
        assertEquals(expected, new TreeSet<>(OptionTable.standard().spellings()));
    }

    @Test
    void acceptsEveryOptionOnce() throws Exception {
        Files.createDirectory(dir.resolve("empty"));
        for (String spelling : OptionTable.standard().spellings()) {
            Option option = OptionTable.standard().get(spelling);
            List<String> lines = new ArrayList<>(context(option));
            lines.add(spelling.replace("*", "key") + " " + value(option));
            lines.addAll(companions(option));
            if (!option.about().state().equals("refused")) {
                assertNotNull(conf.read(lines.toArray(String[]::new)), spelling);
            }
        }
    }

    @Test
    void saysWhyItRefusesWhatItWillNeverHave() {
        for (String line : List.of("tls_engine pkcs11", "tls_engine_kpass_sha1 0", "tls_keyform engine")) {
            String error = conf.error("listener 1899", line);
            assertTrue(error.contains("there are no OpenSSL engines here; give the key in keyfile."), error);
        }
    }

    @Test
    void checksItsOwnDefaults() throws Exception {
        for (String spelling : OptionTable.standard().spellings()) {
            Option option = OptionTable.standard().get(spelling);
            String initial = option.initial();
            if (initial == null || option.type() == Option.Type.SPECIAL) {
                continue;
            }
            Statement statement =
                    new Statement(spelling, new Words(initial), new Place("default", 1, null), new ArrayList<>());
            assertEquals(initial, ValueParser.parse(option, statement), spelling);
        }
    }

    @Test
    void refusesEveryOptionWithoutAValue() {
        for (String spelling : OptionTable.standard().spellings()) {
            Option option = OptionTable.standard().get(spelling);
            if (option.type() == Option.Type.IGNORED) {
                continue;
            }
            List<String> lines = new ArrayList<>(context(option));
            lines.add(spelling.replace("*", "key"));
            String error = conf.error(lines.toArray(String[]::new));
            assertTrue(error.startsWith("Error: Empty "), spelling + ": " + error);
        }
    }

    private List<String> context(Option option) {
        return switch (option.scope()) {
            case LISTENER, LISTENER_OR_DEFAULT, NAMED_LISTENER ->
                option.name().equals("plugin_use")
                        ? List.of("plugin_load value mosquitto_acl_file", "listener 1883")
                        : List.of("listener 1883");
            case PLUGIN -> List.of("plugin mosquitto_acl_file");
            case BRIDGE -> List.of("connection x");
            default -> List.of();
        };
    }

    /** What must stand beside the option for the file to be complete. */
    private static List<String> companions(Option option) {
        List<String> lines = new ArrayList<>();
        if (option.scope() == Option.Scope.BRIDGE || option.name().equals("connection")) {
            lines.addAll(option.name().equals("address") ? List.of() : List.of("address y"));
            lines.addAll(option.name().equals("topic") ? List.of() : List.of("topic #"));
        }
        switch (option.name()) {
            case "certfile" -> lines.add("keyfile k");
            case "keyfile" -> lines.add("certfile c");
            case "cafile", "capath" -> lines.addAll(List.of("certfile c", "keyfile k"));
            case "bridge_psk" -> lines.add("bridge_identity i");
            case "bridge_identity" -> lines.add("bridge_psk 00");
            default -> {}
        }
        return lines;
    }

    private String value(Option option) {
        String known = VALUES.get(option.name());
        if (known != null) {
            return known;
        }
        return switch (option.type()) {
            case BOOL -> "true";
            case INT, BYTES -> option.name().equals("max_packet_size") ? "20" : "1";
            case WORD -> Objects.requireNonNull(option.checks().get(0).words()).get(0);
            case DURATION -> "1d";
            case TIME -> "%Y";
            default -> other(option);
        };
    }

    private String other(Option option) {
        return switch (option.name()) {
            case "include_dir" -> dir.resolve("empty").toString();
            case "per_listener_settings" -> "true";
            case "plugin_load" -> "name mosquitto_acl_file";
            default -> "value";
        };
    }
}
