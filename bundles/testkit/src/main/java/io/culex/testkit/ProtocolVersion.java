// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

/** The protocol revisions a {@link WireClient} speaks. */
public enum ProtocolVersion {
    /** MQTT 3.1. */
    V31("MQIsdp", 3),
    /** MQTT 3.1.1. */
    V311("MQTT", 4),
    /** MQTT 5.0. */
    V5("MQTT", 5);

    private final String protocolName;
    private final int level;

    ProtocolVersion(String protocolName, int level) {
        this.protocolName = protocolName;
        this.level = level;
    }

    /** The Protocol Name of CONNECT. */
    public String protocolName() {
        return protocolName;
    }

    /** The Protocol Level (Version) of CONNECT. */
    public int level() {
        return level;
    }

    /** Packets of this revision have properties and reason codes. */
    public boolean hasProperties() {
        return this == V5;
    }
}
