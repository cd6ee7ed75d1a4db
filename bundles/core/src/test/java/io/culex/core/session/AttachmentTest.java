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

    private static boolean resumes(Standing standing, Standing before, String listener) {
        return new Attachment(false, from("b"), standing, 0, null).resumes(before, from(listener));
    }

    @Test
    void whatOneStandingHasLeftIsForTheSameOnly() {
        for (Standing before : Standing.values()) {
            for (Standing now : Standing.values()) {
                assertTrue(resumes(now, before, "1883") == (now == before), now + " after " + before);
            }
        }
    }

    @Test
    void aSessionFromADatabaseOfMosquittoWithoutListenerMayBeABridges() {
        assertTrue(resumes(Standing.BRIDGE, Standing.CLIENT, "0"));
        assertTrue(resumes(Standing.CLIENT, Standing.CLIENT, "0"));
        assertFalse(resumes(Standing.SYSTEM, Standing.CLIENT, "0"));
        assertFalse(resumes(Standing.BRIDGE, Standing.SYSTEM, "0"));
    }
}
