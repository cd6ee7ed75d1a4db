// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.passwordfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VerifiedTest {
    private static final byte[] SECRET = Entries.bytes("secret");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // the clock may run over
    private final User bob = Entries.user("bob", "secret");

    @Test
    void knowsThePasswordThatWasRightForAWhile() {
        Verified verified = verified(10, 100);
        assertFalse(verified.knows(bob, SECRET));

        verified.add(bob, SECRET);

        assertTrue(verified.knows(bob, SECRET));
        assertFalse(verified.knows(bob, Entries.bytes("secreT")));
        assertFalse(verified.knows(bob, new byte[0]));
        pass(10);
        assertTrue(verified.knows(bob, SECRET));
        pass(1);
        assertFalse(verified.knows(bob, SECRET));
        assertEquals(0, verified.size());
    }

    @Test
    void doesNotKnowAnEntryThatWasReadAnew() {
        Verified verified = verified(10, 100);
        verified.add(bob, SECRET);

        assertFalse(verified.knows(Entries.user("bob", "secret"), SECRET));
        assertFalse(verified.knows(Entries.user("eve", "secret"), SECRET));
    }

    @Test
    void keepsNothingWithoutTime() {
        Verified verified = verified(0, 100);
        verified.add(bob, SECRET);

        assertFalse(verified.knows(bob, SECRET));
        assertEquals(0, verified.size());
    }

    @Test
    void keepsNoMoreThanItsCapacity() {
        Verified verified = verified(10, 2);
        User eve = Entries.user("eve", "secret");
        verified.add(bob, SECRET);
        pass(5);
        verified.add(eve, SECRET);
        verified.add(Entries.user("joe", "secret"), SECRET);
        assertEquals(2, verified.size());

        pass(3);
        verified.add(bob, SECRET);
        pass(8);
        assertTrue(verified.knows(bob, SECRET));
        assertFalse(verified.knows(eve, SECRET));
        assertEquals(1, verified.size());
    }

    private void pass(long seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private Verified verified(int seconds, int capacity) {
        return new Verified(Duration.ofSeconds(seconds), capacity, nanos::get);
    }
}
