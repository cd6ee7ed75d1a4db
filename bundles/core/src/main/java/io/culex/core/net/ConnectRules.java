// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.config.ListenerSettings;
import io.culex.api.message.ReasonCode;
import io.culex.codec.Connect;
import io.culex.codec.Will;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the settings demand of a CONNECT, whoever sends it. */
final class ConnectRules {
    private ConnectRules() {}

    /** Why the CONNECT is refused, or null. */
    static @Nullable ReasonCode refusal(Connect packet, Doorway doorway) {
        ListenerSettings listener = doorway.scope().listener();
        if (!listener.clients().protocolLevels().contains(packet.version().level())) {
            return ReasonCode.UNSUPPORTED_PROTOCOL_VERSION;
        }
        Will will = packet.will();
        if (will == null) {
            return null;
        }
        if (will.qos() > listener.clients().maxQos()) {
            return ReasonCode.QOS_NOT_SUPPORTED;
        }
        if (will.retain() && !doorway.broker().retain().available()) {
            return ReasonCode.RETAIN_NOT_SUPPORTED;
        }
        int limit = doorway.broker().limits().messageBytes();
        if (limit > 0 && will.payload().length > limit) {
            return ReasonCode.PACKET_TOO_LARGE;
        }
        String mountPoint = listener.clients().mountPoint();
        if ((mountPoint + will.topicText()).getBytes(StandardCharsets.UTF_8).length > Ingress.MAX_TOPIC) {
            return ReasonCode.TOPIC_NAME_INVALID;
        }
        return will.topicText().startsWith("$CONTROL/") ? ReasonCode.NOT_AUTHORIZED : null;
    }
}
