// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import org.junit.jupiter.api.Test;

class AttachmentTest {
    private static Subject from(String listener) {
        return new Subject("local.h.b", null, Peer.of(listener, null));
    }

    private static boolean follows(Standing standing, Standing before, String listener) {
        return new Attachment(false, from("b"), standing, 0, null).follows(before, from(listener));
    }

    @Test
    void whatOneStandingHasLeftIsForTheSameOnly() {
        for (Standing before : Standing.values()) {
            for (Standing now : Standing.values()) {
                assertTrue(follows(now, before, "1883") == (now == before), now + " after " + before);
            }
        }
    }

    @Test
    void aSessionFromADatabaseOfMosquittoWithoutListenerMayBeABridges() {
        assertTrue(follows(Standing.BRIDGE, Standing.CLIENT, "0"));
        assertTrue(follows(Standing.CLIENT, Standing.CLIENT, "0"));
        assertFalse(follows(Standing.SYSTEM, Standing.CLIENT, "0"));
        assertFalse(follows(Standing.BRIDGE, Standing.SYSTEM, "0"));
    }
}
