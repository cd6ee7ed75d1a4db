// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import org.jspecify.annotations.Nullable;

/** The MQTT version of a connection, as its CONNECT names it [MQTT-3.1.2.1, MQTT-3.1.2.2]. */
public enum ProtocolVersion {
    /** MQTT 3.1, level 3. */
    MQTT_3_1(3, "MQIsdp"),
    /** MQTT 3.1.1, level 4. */
    MQTT_3_1_1(4, "MQTT"),
    /** MQTT 5.0, level 5. */
    MQTT_5(5, "MQTT");

    private final int level;
    private final String protocolName;

    ProtocolVersion(int level, String protocolName) {
        this.level = level;
        this.protocolName = protocolName;
    }

    /** The version with this name and level (bridge bit removed); null when there is none. */
    static @Nullable ProtocolVersion of(String protocolName, int level) {
        for (ProtocolVersion version : values()) {
            if (version.level == level && version.protocolName.equals(protocolName)) {
                return version;
            }
        }
        return null;
    }

    /** The Protocol Level: 3, 4 or 5. */
    public int level() {
        return level;
    }

    /** The Protocol Name in CONNECT. */
    public String protocolName() {
        return protocolName;
    }

    /** Whether packets have properties and reason codes. */
    public boolean isV5() {
        return this == MQTT_5;
    }
}
