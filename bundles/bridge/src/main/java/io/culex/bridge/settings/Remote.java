// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.settings;

import io.culex.codec.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/**
 * How a bridge presents itself to the other broker.
 *
 * @param clientId {@code remote_clientid}
 * @param login user name and password, each or both
 * @param version {@code bridge_protocol_version}, the first that is tried
 * @param tryPrivate whether MQTT 3 marks the connection as a bridge's
 * @param cleanStart {@code cleansession}
 * @param sessionExpirySeconds {@code bridge_session_expiry_interval}
 * @param keepAliveSeconds {@code keepalive_interval}
 * @param attemptUnsubscribe whether topics that only go out are unsubscribed there
 */
public record Remote(
        String clientId,
        Login login,
        ProtocolVersion version,
        boolean tryPrivate,
        boolean cleanStart,
        long sessionExpirySeconds,
        int keepAliveSeconds,
        boolean attemptUnsubscribe) {
    /** User name and password; each may be null. */
    public record Login(@Nullable String username, @Nullable String password) {
        /** Says who, without the password. */
        @Override
        public String toString() {
            return "Login[" + username + "]";
        }
    }
}
