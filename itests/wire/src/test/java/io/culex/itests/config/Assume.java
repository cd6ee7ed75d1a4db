// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.config;

import io.culex.testkit.BrokerKind;
import org.junit.jupiter.api.Assumptions;

/** What a test needs of the broker under test. */
final class Assume {
    private Assume() {}

    /** It tests what Mosquitto 2.0.11 does not do. */
    static void culex() {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "for Culex alone");
    }

    /** It starts the broker itself. */
    static void notExternal() {
        Assumptions.assumeTrue(BrokerKind.selected() != BrokerKind.EXTERNAL, "needs a broker of its own");
    }
}
