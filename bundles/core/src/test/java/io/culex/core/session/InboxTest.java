// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class InboxTest {
    private final Inbox inbox = new Inbox();

    @Test
    void anIdentifierIsNewUntilItIsReleased() {
        assertTrue(inbox.add(7));
        assertFalse(inbox.add(7));
        assertTrue(inbox.contains(7));
        assertTrue(inbox.add(0xFFFF));
        assertEquals(2, inbox.size());
        assertTrue(inbox.release(7));
        assertFalse(inbox.release(7));
        assertTrue(inbox.add(7));
        inbox.clear();
        assertEquals(0, inbox.size());
        assertFalse(inbox.contains(0xFFFF));
    }
}
