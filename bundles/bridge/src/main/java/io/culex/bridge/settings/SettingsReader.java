// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.settings;

import io.culex.api.local.QueueRules;
import io.culex.codec.ProtocolVersion;
import io.culex.transport.TcpOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the settings of one bridge out of its configuration. Stateless but for the name of this machine. */
public final class SettingsReader {
    private static final int MAX = Integer.MAX_VALUE;
    private static final long NEVER = 0xFFFF_FFFFL;
    private static final int HOPS = 10;
    private static final int QUEUE = 100_000;

    private static final List<String> ENABLE_TLS = List.of("bridge_cafile", "bridge_capath", "bridge_psk");
    private static final String SYSTEM = "bridge_tls_use_os_certs";
    private static final Set<String> TLS = Set.of(
            "bridge_alpn",
            "bridge_cafile",
            "bridge_capath",
            "bridge_certfile",
            "bridge_ciphers",
            "bridge_ciphers_tls1.3",
            "bridge_identity",
            "bridge_insecure",
            "bridge_keyfile",
            "bridge_psk",
            "bridge_require_ocsp",
            SYSTEM,
            "bridge_tls_version");

    private final String hostname;

    /** On a machine of that name, which is part of the Client Identifiers that are not given. */
    public SettingsReader(String hostname) {
        this.hostname = hostname;
    }

    /**
     * Reads and checks them. Blocks while the name of a {@code bridge_bind_address} is resolved.
     *
     * @param properties under the names of mosquitto.conf; {@code connection}, {@code address} and {@code topic} must be there
     * @throws IllegalArgumentException with a message for the log
     */
    public BridgeSettings read(Map<String, Object> properties) {
        Given given = new Given(properties);
        String name = given.text("connection", "");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("Error: A bridge needs a name ('connection').");
        }
        Remote remote = remote(given, name);
        return new BridgeSettings(
                name,
                given.all("address").stream()
                        .flatMap(text -> List.of(text.strip().split("[ ,]+")).stream())
                        .map(Address::parse)
                        .toList(),
                new TopicRules(given.all("topic").stream()
                        .flatMap(String::lines)
                        .map(TopicRule::parse)
                        .toList()),
                remote,
                local(given, remote),
                notices(given, remote),
                start(given),
                wire(given));
    }

    private Remote remote(Given given, String name) {
        ProtocolVersion version =
                switch (given.text("bridge_protocol_version", "mqttv311")) {
                    case "mqttv31" -> ProtocolVersion.MQTT_3_1;
                    case "mqttv311" -> ProtocolVersion.MQTT_3_1_1;
                    case "mqttv50" -> ProtocolVersion.MQTT_5;
                    default -> throw new IllegalArgumentException("Error: Invalid 'bridge_protocol_version' value.");
                };
        boolean clean = given.flag("cleansession", false);
        return new Remote(
                given.text("remote_clientid", hostname + "." + name),
                new Remote.Login(given.text("remote_username"), given.text("remote_password")),
                version,
                given.flag("try_private", true),
                clean,
                // Without one, what waits there while the connection is down must not end with it.
                given.longNumber("bridge_session_expiry_interval", clean ? 0 : NEVER, 0, NEVER),
                given.number("keepalive_interval", 60, 5, 65_535),
                given.flag("bridge_attempt_unsubscribe", true));
    }

    private static Local local(Given given, Remote remote) {
        boolean lazy = given.text("start_type", "").equals("lazy");
        QueueRules queue = new QueueRules(
                given.number("bridge_max_queued_messages", QUEUE, 0, MAX),
                given.longNumber("bridge_max_queued_bytes", 0, 0, Long.MAX_VALUE),
                lazy);
        return new Local(
                given.text("local_clientid", "local." + remote.clientId()),
                given.flag("local_cleansession", remote.cleanStart()),
                queue,
                given.text("bridge_resend_retained", "changed").equals("always"));
    }

    private static Notices notices(Given given, Remote remote) {
        return new Notices(
                given.flag("notifications", true),
                given.flag("notifications_local_only", false),
                given.text("notification_topic", "$SYS/broker/connection/" + remote.clientId() + "/state"));
    }

    private static Start start(Given given) {
        String backoff = given.text("restart_timeout");
        return new Start(
                Start.Type.valueOf(given.text("start_type", "automatic").toUpperCase(Locale.ROOT)),
                given.number("idle_timeout", 60, 1, MAX),
                given.number("threshold", 10, 1, MAX),
                backoff == null ? Backoff.DEFAULTS : Backoff.parse(backoff),
                given.flag("round_robin", false),
                given.text("bridge_reload_type", "lazy").equals("immediate"));
    }

    private static Wire wire(Given given) {
        return new Wire(
                from(given.text("bridge_bind_address")),
                tcp(given),
                stages(given),
                given.number("bridge_max_packet_size", 0, 0, MAX),
                given.number("bridge_max_topic_alias", 10, 0, 65_535),
                given.number("bridge_receive_maximum", 0, 1, 65_535),
                given.flag("bridge_outgoing_retain", true),
                given.number("bridge_hop_limit", HOPS, 0, 1000));
    }

    private static @Nullable InetAddress from(@Nullable String address) {
        try {
            return address == null ? null : InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("Error: Invalid 'bridge_bind_address' value (" + address + ").", e);
        }
    }

    private static TcpOptions tcp(Given given) {
        int userTimeout = given.number("bridge_tcp_user_timeout", 0, 0, MAX);
        String keepalive = given.text("bridge_tcp_keepalive");
        if (keepalive == null) {
            return new TcpOptions(0, 0, 0, userTimeout);
        }
        String[] numbers = keepalive.strip().split(" +");
        if (numbers.length != 3) {
            throw new IllegalArgumentException("Error: Invalid 'bridge_tcp_keepalive' value (" + keepalive + ").");
        }
        return new TcpOptions(
                Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]), userTimeout);
    }

    /** As Mosquitto has it: without authorities or a key to check the other end by, there is no TLS at all (SPEC F.1). */
    private static Map<String, String> stages(Given given) {
        boolean encrypts =
                given.flag(SYSTEM, false) || ENABLE_TLS.stream().anyMatch(option -> given.text(option) != null);
        Map<String, String> stages = new HashMap<>();
        if (encrypts) {
            for (String option : TLS) {
                String value = given.text(option);
                if (value != null) {
                    stages.put(option, value);
                }
            }
        }
        return stages;
    }

    /** The options of TLS that are given though there is no TLS. */
    public static List<String> withoutEffect(Map<String, Object> properties) {
        Given given = new Given(properties);
        return stages(given).isEmpty()
                ? TLS.stream()
                        .filter(option -> given.text(option) != null && !"false".equals(given.text(option)))
                        .sorted()
                        .toList()
                : List.of();
    }
}
