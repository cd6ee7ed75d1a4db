// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import io.culex.api.message.ReasonCode;
import io.culex.bridge.settings.BridgeSettings;
import io.culex.bridge.settings.Remote;
import io.culex.codec.Connack;
import io.culex.codec.Connect;
import io.culex.codec.Properties;
import io.culex.codec.PropertiesBuilder;
import io.culex.codec.ProtocolVersion;
import io.culex.codec.Will;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a bridge asks of the other broker; less, when that refuses something. Lives as long as the bridge has the same settings.
 * On the bridge's loop.
 */
public final class Offer {
    private static final int UNACCEPTABLE_VERSION = 1;

    private final BridgeSettings settings;
    private ProtocolVersion version;
    private boolean isPrivate;
    private boolean retains;
    private boolean hasQos = true;

    /** Everything that the settings say. */
    public Offer(BridgeSettings settings) {
        this.settings = settings;
        this.version = settings.remote().version();
        this.retains = settings.wire().outgoingRetain();
        this.isPrivate = settings.remote().tryPrivate() && !version.isV5();
    }

    BridgeSettings settings() {
        return settings;
    }

    ProtocolVersion version() {
        return version;
    }

    /** The CONNECT of the next attempt. */
    Connect connect(Hops hops, int maxPacketBytes, int receiveMaximum) {
        Remote remote = settings.remote();
        String password = remote.login().password();
        Connect connect = new Connect(
                version,
                isPrivate,
                remote.cleanStart(),
                remote.keepAliveSeconds(),
                remote.clientId(),
                will(),
                remote.login().username(),
                password == null ? null : password.getBytes(StandardCharsets.UTF_8),
                Properties.NONE);
        return version.isV5() ? connect.withProperties(properties(hops, maxPacketBytes, receiveMaximum)) : connect;
    }

    private @Nullable Will will() {
        if (!settings.notices().toRemote()) {
            return null;
        }
        byte[] off = "0".getBytes(StandardCharsets.UTF_8);
        return new Will(settings.notices().topic(), off, hasQos ? 1 : 0, retains, Properties.NONE);
    }

    private Properties properties(Hops hops, int maxPacketBytes, int receiveMaximum) {
        PropertiesBuilder properties = Properties.builder();
        if (settings.remote().sessionExpirySeconds() > 0) {
            properties.sessionExpiryInterval(settings.remote().sessionExpirySeconds());
        }
        if (receiveMaximum > 0) {
            properties.receiveMaximum(receiveMaximum);
        }
        if (settings.wire().maxTopicAlias() > 0) {
            properties.topicAliasMaximum(settings.wire().maxTopicAlias());
        }
        if (maxPacketBytes > 0) {
            properties.maximumPacketSize(maxPacketBytes);
        }
        return properties.userProperty(Hops.ID, hops.own()).build();
    }

    /** CONNACK refuses: asks for less next time, where that helps, and says why. */
    String refused(Connack connack, boolean inVersion3) {
        int code = connack.code();
        if (version.isV5() && !inVersion3) {
            return refusedIn5(ReasonCode.of(code).orElse(ReasonCode.UNSPECIFIED_ERROR), connack.properties());
        }
        if (code == UNACCEPTABLE_VERSION) {
            return refusesVersion();
        }
        return switch (code) {
            case 2 -> "Connection Refused: identifier rejected";
            case 3 -> "Connection Refused: broker unavailable";
            case 4 -> "Connection Refused: bad user name or password";
            case 5 -> "Connection Refused: not authorised";
            default -> "Connection Refused: unknown reason " + code;
        };
    }

    private String refusesVersion() {
        if (isPrivate) {
            isPrivate = false;
            return "Connection Refused: unacceptable protocol version; the next attempt is without the mark of a bridge";
        }
        if (version.isV5()) {
            version = ProtocolVersion.MQTT_3_1_1;
            isPrivate = settings.remote().tryPrivate();
            return "Connection Refused: unacceptable protocol version; the next attempt is with MQTT 3.1.1";
        }
        return "Connection Refused: unacceptable protocol version";
    }

    private String refusedIn5(ReasonCode code, Properties said) {
        if (code == ReasonCode.UNSUPPORTED_PROTOCOL_VERSION) {
            return refusesVersion();
        }
        if (code == ReasonCode.RETAIN_NOT_SUPPORTED) {
            retains = false;
        } else if (code == ReasonCode.QOS_NOT_SUPPORTED) {
            hasQos = false;
        }
        String words = said.reasonString();
        return "Connection Refused: " + code.text() + (words == null ? "" : " (" + words + ")");
    }
}
