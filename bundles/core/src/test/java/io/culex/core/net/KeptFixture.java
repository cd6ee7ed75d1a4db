// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.config.BrokerSettings;
import io.culex.core.store.MemoryStore;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** A broker with a store that it finds again after its death. */
abstract class KeptFixture {
    private static final BrokerSettings PERSISTENT = BrokerSettings.DEFAULTS.with(true);

    /** Long enough for an answer that must not come. */
    static final Duration SHORT = Duration.ofMillis(100);

    MemoryStore store = new MemoryStore();
    Hall hall = start();

    private Hall start(String... needed) {
        return new Hall(store, PERSISTENT, needed);
    }

    /** Ends the broker at once; another one, whose door asks for these plugins, finds what the store has kept. */
    void crash(String... needed) {
        MemoryStore after = store.crashed();
        hall.close();
        store.close();
        store = after;
        hall = start(needed);
    }

    @AfterEach
    void stop() {
        hall.close();
        store.close();
    }

    WireClient durable(String id) {
        return hall.connect(ProtocolVersion.V5, Connect.as(id).resume().expiry(1000));
    }
}
