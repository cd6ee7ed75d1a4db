// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.guide;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExpectedTest {
    @Test
    void takesTheSameTextAndNoOther() {
        assertTrue(new Expected("a\nb\n").isAllOf("a  \nb\n"));
        assertFalse(new Expected("a\nb\n").isAllOf("a\nc\n"));
        assertFalse(new Expected("a\n").isAllOf("a\nb\n"));
        assertFalse(new Expected("a.c\n").isAllOf("abc\n"));
    }

    @Test
    void takesAnythingWhereThreePointsAre() {
        assertTrue(new Expected("a …, c\n").isAllOf("a b, c\n"));
        assertFalse(new Expected("a …, c\n").isAllOf("a b\n, c\n"));
        assertTrue(new Expected("…\nb\n…\n").isAllOf("a\na\nb\n"));
        assertFalse(new Expected("…\nb\n…\n").isAllOf("a\na\nbc\n"));
    }

    @Test
    void findsLinesAmongOthers() {
        assertTrue(new Expected("b\nc …\n").isIn("a\nb\nc d\ne\n"));
        assertFalse(new Expected("b\nc …\n").isIn("a\nb\ne\nc d\n"));
        assertFalse(new Expected("b\n").isIn("ab\n"));
    }
}
