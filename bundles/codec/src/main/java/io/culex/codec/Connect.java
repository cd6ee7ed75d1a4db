// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * CONNECT [MQTT-3.1]. What depends on the listener (empty Client Identifiers, QoS and retain limits of the Will, accepted
 * versions) is not checked here. The password is the caller's: it may overwrite it.
 *
 * @param version protocol name and level
 * @param bridge the level byte had bit 0x80: the client is another broker's bridge
 * @param cleanStart Clean Start; before MQTT 5 Clean Session
 * @param keepAlive seconds, 0: none
 * @param clientId may be empty
 * @param will the Will Message, or null
 * @param username or null
 * @param password or null
 * @param properties of the packet, not of the Will
 */
public record Connect(
        ProtocolVersion version,
        boolean bridge,
        boolean cleanStart,
        int keepAlive,
        String clientId,
        @Nullable Will will,
        @Nullable String username,
        byte @Nullable [] password,
        Properties properties) {
    /** Checks the numbers; see the components. */
    public Connect(
            ProtocolVersion version,
            boolean bridge,
            boolean cleanStart,
            int keepAlive,
            String clientId,
            @Nullable Will will,
            @Nullable String username,
            byte @Nullable [] password,
            Properties properties) {
        if (keepAlive < 0 || keepAlive > 0xFFFF) {
            throw new IllegalArgumentException("Keep Alive must be 0 to 65535 seconds, not " + keepAlive);
        }
        this.version = Objects.requireNonNull(version, "version");
        this.bridge = bridge;
        this.cleanStart = cleanStart;
        this.keepAlive = keepAlive;
        this.clientId = Objects.requireNonNull(clientId, "clientId");
        this.will = will;
        this.username = username;
        this.password = password;
        this.properties = Objects.requireNonNull(properties, "properties");
    }

    /** A client without Will, user name, password and properties. */
    public static Connect of(ProtocolVersion version, String clientId, boolean cleanStart, int keepAlive) {
        return new Connect(version, false, cleanStart, keepAlive, clientId, null, null, null, Properties.NONE);
    }

    /** The same with another Will. */
    public Connect withWill(@Nullable Will other) {
        return new Connect(version, bridge, cleanStart, keepAlive, clientId, other, username, password, properties);
    }

    /** The same with other credentials; each may be null. */
    public Connect withCredentials(@Nullable String name, byte @Nullable [] secret) {
        return new Connect(version, bridge, cleanStart, keepAlive, clientId, will, name, secret, properties);
    }

    /** The same with other properties. */
    public Connect withProperties(Properties other) {
        return new Connect(version, bridge, cleanStart, keepAlive, clientId, will, username, password, other);
    }

    /** Says who connects, without the password. */
    @Override
    public String toString() {
        return "CONNECT[" + version + ", " + clientId + ", cleanStart=" + cleanStart + ", keepAlive=" + keepAlive + "]";
    }
}
