// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.jaas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class IgnorantTest {
    @Test
    void tellsWhatTheJdkSaysOfAUserWhomNoModuleKnows() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        String text = Ignorant.text();
        // In the language of the machine; it is not a complaint that the module cannot be made.
        assertTrue(text.contains(":") && !text.contains(Ignorant.class.getName()), text);
        assertEquals(before, Thread.currentThread().getContextClassLoader());
    }
}
