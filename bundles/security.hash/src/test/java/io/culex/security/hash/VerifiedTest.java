// SPDX-License-Identifier: Apache-2.0
package io.culex.security.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VerifiedTest {
    private static final byte[] SECRET = bytes("secret");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // the clock may run over

    @Test
    void knowsThePasswordThatWasRightForAWhile() {
        Verified verified = verified(10, 100);
        assertFalse(verified.knows("bob", "entry of bob", SECRET));

        verified.add("bob", "entry of bob", SECRET);

        assertTrue(verified.knows("bob", "entry of bob", SECRET));
        assertFalse(verified.knows("bob", "entry of bob", bytes("secreT")));
        assertFalse(verified.knows("bob", "entry of bob", new byte[0]));
        pass(10);
        assertTrue(verified.knows("bob", "entry of bob", SECRET));
        pass(1);
        assertFalse(verified.knows("bob", "entry of bob", SECRET));
        assertEquals(0, verified.size());
    }

    @Test
    void doesNotKnowAnEntryThatWasReadAnew() {
        Verified verified = verified(10, 100);
        verified.add("bob", "entry of bob", SECRET);

        assertFalse(verified.knows("bob", "another entry", SECRET));
        assertFalse(verified.knows("eve", "entry of bob", SECRET));
    }

    @Test
    void keepsNothingWithoutTime() {
        Verified verified = verified(0, 100);
        verified.add("bob", "entry of bob", SECRET);

        assertFalse(verified.knows("bob", "entry of bob", SECRET));
        assertEquals(0, verified.size());
    }

    @Test
    void keepsNoMoreThanItsCapacity() {
        Verified verified = verified(10, 2);
        verified.add("bob", "entry of bob", SECRET);
        pass(5);
        verified.add("eve", "entry of eve", SECRET);
        verified.add("joe", "entry of joe", SECRET);
        assertEquals(2, verified.size());

        pass(3);
        verified.add("bob", "entry of bob", SECRET);
        pass(8);
        assertTrue(verified.knows("bob", "entry of bob", SECRET));
        assertFalse(verified.knows("eve", "entry of eve", SECRET));
        assertEquals(1, verified.size());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void pass(long seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private Verified verified(int seconds, int capacity) {
        return new Verified(Duration.ofSeconds(seconds), capacity, nanos::get);
    }
}
