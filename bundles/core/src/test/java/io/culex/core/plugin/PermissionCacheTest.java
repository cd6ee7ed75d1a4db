// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Access;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import io.culex.testkit.RecordedLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PermissionCacheTest {
    private static final Subject SUBJECT = new Subject("id", null, Peer.of("door", null));

    private final List<String> asked = new ArrayList<>();
    private final Acl acl = new Acl();
    private final PermissionCache cache = new PermissionCache();
    private final Gate gate = gate(Gate.State.OPEN);

    private final class Acl implements Authorizer {
        private Access allowed = Access.WRITE;
        private long changes;

        @Override
        public Verdict check(Access access, Subject subject, String topic) {
            asked.add(access + " " + topic);
            return access == allowed ? Verdict.ALLOW : Verdict.DENY;
        }

        @Override
        public long changes() {
            return changes;
        }
    }

    private Gate gate(Gate.State state) {
        return new Gate(state, true, List.of(new Plugin(new Guard("acl", new RecordedLog()), null, null, acl, null)));
    }

    @Test
    void asksOncePerAccessAndTopic() {
        for (int i = 0; i < 3; i++) {
            assertTrue(cache.allows(gate, Access.WRITE, SUBJECT, "a"));
            assertFalse(cache.allows(gate, Access.READ, SUBJECT, "a"));
        }
        assertEquals(List.of("WRITE a", "READ a"), asked);
    }

    @Test
    void aSubscriptionIsNotAnsweredWithTheRightToPublish() {
        assertTrue(cache.allows(gate, Access.WRITE, SUBJECT, "a"));
        assertFalse(cache.allows(gate, Access.SUBSCRIBE, SUBJECT, "a"));
        assertFalse(cache.allows(gate, Access.UNSUBSCRIBE, SUBJECT, "a"));
        acl.allowed = Access.SUBSCRIBE;
        acl.changes++;
        assertTrue(cache.allows(gate, Access.SUBSCRIBE, SUBJECT, "a"));
        assertFalse(cache.allows(gate, Access.WRITE, SUBJECT, "a"));
    }

    @Test
    void isEmptyWhenThePluginHasChanged() {
        assertTrue(cache.allows(gate, Access.WRITE, SUBJECT, "a"));
        acl.allowed = Access.READ;
        assertTrue(cache.allows(gate, Access.WRITE, SUBJECT, "a"));
        acl.changes++;
        assertFalse(cache.allows(gate, Access.WRITE, SUBJECT, "a"));
    }

    @Test
    void isEmptyForAnotherGate() {
        assertTrue(cache.allows(gate, Access.WRITE, SUBJECT, "a"));
        acl.allowed = Access.READ;
        assertFalse(cache.allows(gate(Gate.State.OPEN), Access.WRITE, SUBJECT, "a"));
    }

    @Test
    void nothingIsAllowedWhileTheGateIsNotOpen() {
        assertTrue(cache.allows(gate, Access.WRITE, SUBJECT, "a"));
        for (Gate.State state : List.of(Gate.State.WAITING, Gate.State.REFUSING)) {
            assertFalse(cache.allows(gate(state), Access.WRITE, SUBJECT, "a"));
            assertFalse(cache.allows(new Gate(state, true, List.of()), Access.WRITE, SUBJECT, "a"));
        }
        assertTrue(cache.allows(new Gate(Gate.State.OPEN, true, List.of()), Access.READ, SUBJECT, "x"));
    }

    @Test
    void aLongTopicIsAskedForEachTime() {
        String longest = "x".repeat(256);
        String longer = "y".repeat(257);
        for (int i = 0; i < 2; i++) {
            assertTrue(cache.allows(gate, Access.WRITE, SUBJECT, longest));
            assertTrue(cache.allows(gate, Access.WRITE, SUBJECT, longer));
            assertFalse(cache.allows(gate, Access.READ, SUBJECT, longer));
        }
        assertEquals(
                List.of("WRITE " + longest, "WRITE " + longer, "READ " + longer, "WRITE " + longer, "READ " + longer),
                asked);
    }

    @Test
    void isBounded() {
        for (int i = 0; i < 5_000; i++) {
            assertTrue(cache.allows(gate, Access.WRITE, SUBJECT, "t" + i));
        }
        asked.clear();
        assertTrue(cache.allows(gate, Access.WRITE, SUBJECT, "t0"));
        assertEquals(List.of("WRITE t0"), asked);
    }
}
