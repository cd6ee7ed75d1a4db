// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.option;

import io.culex.cli.ctrl.outcome.FailedException;
import io.culex.codec.ProtocolVersion;
import io.culex.security.tls.TlsVersion;
import java.time.Duration;

/** Puts the value of an option into a draft. Stateless. */
final class OptionValue {
    private static final int LONGEST_WAIT_SECONDS = 86_400;

    private OptionValue() {}

    static void apply(Draft draft, Option option, String value) throws FailedException {
        switch (option) {
            case BIND -> draft.from = value;
            case HOST -> draft.host(value);
            case URL -> BrokerUrl.apply(draft, value);
            case PORT -> draft.port(number("port", value, 1, 65_535));
            case UNIX -> draft.unix(value);
            case PROXY -> draft.proxy = ProxyUrl.parse(value);
            case NO_DELAY -> draft.noDelay = true;
            case ID -> draft.clientId = value;
            case USERNAME -> draft.login.username(value);
            case PASSWORD -> draft.login.password(value);
            case QOS -> draft.qos = number("QoS", value, 0, 2);
            case VERSION -> draft.version = version(value);
            case TIMEOUT -> draft.limit = Duration.ofSeconds(number("timeout", value, 1, LONGEST_WAIT_SECONDS));
            case DATA_FILE -> draft.dataFile = value;
            case OPTIONS_FILE -> draft.optionsFile = value;
            case DEBUG -> draft.debug = true;
            case VERBOSE -> draft.verbose = true;
            case QUIET -> draft.quiet = true;
            case JSON -> draft.json = true;
            case HELP -> draft.help = true;
            case SHOW_VERSION -> draft.showVersion = true;
            default -> encryption(draft, option, value);
        }
    }

    private static void encryption(Draft draft, Option option, String value) throws FailedException {
        switch (option) {
            case CAFILE -> draft.cafile = value;
            case CAPATH -> draft.capath = value;
            case CERT -> draft.cert = value;
            case KEY -> draft.key = value;
            case KEYFORM -> draft.keyform = value;
            case CIPHERS -> draft.ciphers = value;
            case TLS_VERSION -> draft.tlsVersion = tlsVersion(value);
            case ALPN -> draft.alpn = value;
            case ENGINE -> draft.engine = value;
            case ENGINE_PASS -> draft.enginePass = value;
            case PSK -> draft.psk = value;
            case PSK_IDENTITY -> draft.pskIdentity = value;
            case INSECURE -> draft.insecure = true;
            case SYSTEM_CERTS -> draft.systemCerts = true;
            default -> throw new IllegalArgumentException("no value of " + option);
        }
    }

    private static int number(String what, String text, int least, int most) throws FailedException {
        if (text.matches("\\d{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw Draft.wrong("Invalid " + what + " given: " + text);
    }

    private static ProtocolVersion version(String text) throws FailedException {
        return switch (text) {
            case "31", "mqttv31" -> ProtocolVersion.MQTT_3_1;
            case "311", "mqttv311" -> ProtocolVersion.MQTT_3_1_1;
            case "5", "mqttv5" -> ProtocolVersion.MQTT_5;
            default -> throw Draft.wrong("Invalid protocol version argument given.");
        };
    }

    private static String tlsVersion(String text) throws FailedException {
        if (TlsVersion.parse(text).isEmpty()) {
            throw Draft.wrong("Invalid TLS version given: " + text + " (tlsv1.1, tlsv1.2 or tlsv1.3).");
        }
        return text;
    }
}
