// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Access;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import io.culex.testkit.RecordedLog;
import java.util.List;
import org.junit.jupiter.api.Test;

class PluginTest {
    private final Guard guard = new Guard("failing", new RecordedLog());

    @Test
    void aCounterThatFailsDiffersEachTimeAndHarmsNobody() {
        Authorizer failing = new Authorizer() {
            @Override
            public Verdict check(Access access, Subject subject, String topic) {
                return Verdict.ALLOW;
            }

            @Override
            public long changes() {
                throw new NoClassDefFoundError("gone");
            }
        };
        Gate gate = new Gate(Gate.State.OPEN, true, List.of(new Plugin(guard, null, null, failing, null)));
        long first = gate.changes();
        long second = gate.changes();
        assertTrue(first != second, first + " twice");
        assertEquals(2, guard.failures());
    }
}
