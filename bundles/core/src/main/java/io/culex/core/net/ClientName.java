// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.config.ListenerSettings;
import io.culex.api.message.ReasonCode;
import io.culex.codec.Connect;
import io.culex.codec.ProtocolVersion;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The Client Identifier that a client goes by: its own, an assigned one, or its user name (SPEC A.4). On the loop. */
final class ClientName {
    private String text = "";
    private boolean assigned;

    /** Empty before a CONNECT. */
    String text() {
        return text;
    }

    /** Whether the client has to be told it. */
    boolean isAssigned() {
        return assigned;
    }

    /** Settles it; returns why the client is refused, or null. */
    @Nullable
    ReasonCode settle(Connect packet, @Nullable String username, ListenerSettings.Access access) {
        text = packet.clientId();
        if (text.isEmpty()) {
            boolean v5 = packet.version().isV5();
            if (packet.version() == ProtocolVersion.MQTT_3_1 || (!v5 && !packet.cleanStart())) {
                return ReasonCode.CLIENT_IDENTIFIER_NOT_VALID;
            }
            if (!access.allowZeroLengthClientId()) {
                return v5 ? ReasonCode.UNSPECIFIED_ERROR : ReasonCode.CLIENT_IDENTIFIER_NOT_VALID;
            }
            text = access.autoIdPrefix() + UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
            assigned = true;
        }
        return verified(username, access);
    }

    /** Takes the user name that was verified meanwhile; returns why the client is refused, or null. */
    @Nullable
    ReasonCode verified(@Nullable String username, ListenerSettings.Access access) {
        if (access.usernameAsClientId()) {
            if (username == null || username.isEmpty()) {
                return ReasonCode.NOT_AUTHORIZED;
            }
            text = username;
        }
        String prefix = access.clientIdPrefixes();
        return prefix == null || text.startsWith(prefix) ? null : ReasonCode.NOT_AUTHORIZED;
    }
}
