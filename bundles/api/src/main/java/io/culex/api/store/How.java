// SPDX-License-Identifier: Apache-2.0
package io.culex.api.store;

/**
 * How a message goes to one receiver, in one number: QoS (bits 0 and 1), RETAIN flag (bit 2), Subscription Identifier (from
 * bit 3 on, 0 for none [MQTT-3.8.2.1.2]).
 */
public final class How {
    private static final int RETAIN = 4;
    private static final int IDENTIFIER_SHIFT = 3;

    private How() {}

    /** The number for these values. */
    public static int of(int qos, boolean retain, int subscriptionIdentifier) {
        return qos | (retain ? RETAIN : 0) | (subscriptionIdentifier << IDENTIFIER_SHIFT);
    }

    /** The QoS to send it at. */
    public static int qos(int how) {
        return how & 3;
    }

    /** The RETAIN flag to send it with. */
    public static boolean retain(int how) {
        return (how & RETAIN) != 0;
    }

    /** The Subscription Identifier to send it with; 0 for none. */
    public static int identifier(int how) {
        return how >>> IDENTIFIER_SHIFT;
    }
}
