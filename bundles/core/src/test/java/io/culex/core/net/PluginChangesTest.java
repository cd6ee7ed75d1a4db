// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.auth.Access;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.ListenerSettings;
import io.culex.core.plugin.TestPlugins;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PluginChangesTest {
    /** Counts before it is ready, or does not count at all. */
    private static final class Users implements Authorizer {
        private boolean ready;

        @Override
        public Verdict check(Access access, Subject subject, String topic) {
            return ready ? Verdict.ALLOW : Verdict.DENY;
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public long changes() {
            return 0;
        }
    }

    @Test
    void everyoneIsLookedAtAgainWhenAPluginHasWhatItDecidesBy() throws GenerationRefusedException {
        Users users = new Users();
        AtomicInteger looks = new AtomicInteger();
        try (TestBroker broker = new TestBroker(1)) {
            new TestPlugins(broker.registry()).bind("users", users);
            broker.take(
                    BrokerSettings.DEFAULTS,
                    List.of(TestBroker.door(0)
                            .with(new ListenerSettings.Access(true, true, "auto-", null, false, List.of("users")))));
            PluginChanges changes = new PluginChanges(broker.broker().services().current(), looks::incrementAndGet);
            changes.run();
            changes.run();
            assertEquals(1, looks.get());
            users.ready = true;
            changes.run();
            changes.run();
            assertEquals(2, looks.get());
        }
    }
}
