// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.message.QoS;
import io.culex.api.store.How;

/** How a message goes to one receiver. The few that there are without a Subscription Identifier are made once. */
public record Outgoing(int qos, boolean retain, int subscriptionIdentifier) {
    private static final Outgoing[] PLAIN = new Outgoing[6];

    static {
        for (QoS qos : QoS.values()) {
            PLAIN[qos.level() * 2] = new Outgoing(qos.level(), false, 0);
            PLAIN[qos.level() * 2 + 1] = new Outgoing(qos.level(), true, 0);
        }
    }

    /** The one with these values. */
    public static Outgoing of(int qos, boolean retain, int subscriptionIdentifier) {
        return subscriptionIdentifier == 0
                ? PLAIN[qos * 2 + (retain ? 1 : 0)]
                : new Outgoing(qos, retain, subscriptionIdentifier);
    }

    /** Out of {@link #packed()}. */
    static Outgoing unpack(int how) {
        return of(How.qos(how), How.retain(how), How.identifier(how));
    }

    /** In one number, as {@link How} has it. */
    int packed() {
        return How.of(qos, retain, subscriptionIdentifier);
    }
}
