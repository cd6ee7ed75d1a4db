// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Access;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import io.culex.testkit.RecordedLog;
import java.util.List;
import java.util.function.BooleanSupplier;
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

    private Gate gate(Gate.State state, Authorizer authorizer) {
        return new Gate(state, true, List.of(new Plugin(guard, null, null, authorizer, null)));
    }

    @Test
    void oneThatHasNothingToDecideByMakesItsGateUndecided() {
        Authorizer plain = new Readiness(() -> true);
        Authorizer without = new Readiness(() -> false);
        assertTrue(gate(Gate.State.OPEN, plain).decides());
        assertFalse(gate(Gate.State.OPEN, plain).isUndecided());
        assertFalse(gate(Gate.State.OPEN, without).decides());
        assertTrue(gate(Gate.State.OPEN, without).isUndecided());
        assertTrue(gate(Gate.State.WAITING, plain).isUndecided());
        assertFalse(gate(Gate.State.REFUSING, without).isUndecided());
        assertFalse(gate(Gate.State.REFUSING, plain).decides());
    }

    @Test
    void onlyTheFirstThatIsAskedMakesItsGateUndecided() {
        Plugin ready = new Plugin(guard, null, null, new Readiness(() -> true), null);
        Plugin without = new Plugin(guard, null, null, new Readiness(() -> false), null);
        assertTrue(new Gate(Gate.State.OPEN, true, List.of(ready, without)).decides());
        assertFalse(new Gate(Gate.State.OPEN, true, List.of(without, ready)).decides());
    }

    @Test
    void oneThatFailsToSaySoHasNothingToDecideBy() {
        Gate gate = gate(Gate.State.OPEN, new Readiness(() -> {
            throw new NoClassDefFoundError("gone");
        }));
        assertFalse(gate.decides());
        assertEquals(1, guard.failures());
    }

    private record Readiness(BooleanSupplier ready) implements Authorizer {
        @Override
        public Verdict check(Access access, Subject subject, String topic) {
            return Verdict.DENY;
        }

        @Override
        public boolean isReady() {
            return ready.getAsBoolean();
        }

        @Override
        public long changes() {
            return 0;
        }
    }
}
