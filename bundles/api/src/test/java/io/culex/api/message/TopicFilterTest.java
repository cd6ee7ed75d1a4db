// SPDX-License-Identifier: Apache-2.0
package io.culex.api.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFilterTest {
    @ParameterizedTest
    @CsvSource({
        "a/b, a/b, true",
        "a/b, a/c, false",
        "a/+, a/b, true",
        "a/+, a, false",
        "a/+, a/, true",
        "a/+/c, a/b/c, true",
        "a/#, a, true",
        "a/#, a/b/c, true",
        "a/#, ab, false",
        "#, a/b, true",
        "+, a, true",
        "+/+, /a, true",
        "/+, /a, true",
        "+, /a, false",
        "#, $SYS/a, false",
        "+/a, $SYS/a, false",
        "$SYS/#, $SYS/a, true",
        "a/b/#, a/b, true",
        "a/b/+, a/b, false",
        "a, a/b, false",
        "a/+/#, a/b, true",
        "a/+/#, a, false"
    })
    void matchesAsTheSpecificationSays(String filter, String topic, boolean expected) {
        assertEquals(expected, TopicFilter.matches(filter, topic));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "/", "+", "#", "a/#", "+/a/+", "a//b", "$share/g/a", "$share/g/#", "$SYS/#", " ", "a b"})
    void acceptsValidFilters(String filter) {
        assertTrue(TopicFilter.isValid(filter));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a#",
                "#/a",
                "a/#/b",
                "a+",
                "+a",
                "a/b+/c",
                "$share/g",
                "$share//a",
                "$share/g/",
                "$share",
                "$share/+/a",
                "$share/a#/b",
                "a\0b"
            })
    void refusesInvalidFilters(String filter) {
        assertFalse(TopicFilter.isValid(filter));
    }

    @Test
    void refusesMoreThan200Separators() {
        assertTrue(TopicFilter.isValid("/".repeat(200)));
        assertFalse(TopicFilter.isValid("/".repeat(201)));
        assertTrue(TopicName.isValid("/".repeat(200)));
        assertFalse(TopicName.isValid("/".repeat(201)));
    }

    @Test
    void countsBytesNotCharacters() {
        assertTrue(TopicName.isValid("é".repeat(32_767)));
        assertFalse(TopicName.isValid("é".repeat(32_768)));
    }

    @ParameterizedTest
    @CsvSource({
        "a/#, a, true",
        "a/#, a/b, true",
        "a/#, a/+, true",
        "a/#, a/#, true",
        "+, #, false",
        "+, +, true",
        "+, a, true",
        "a/+, a/#, false",
        "#, +/b/#, true",
        "a/b, a/+, false",
        "a/+/c, a/b/c, true"
    })
    void coversWhatItMatchesWhole(String outer, String inner, boolean expected) {
        assertEquals(expected, TopicFilter.covers(outer, inner));
    }

    @Test
    void takesSharedFiltersApart() {
        assertEquals("g", TopicFilter.shareName("$share/g/a/b"));
        assertEquals("a/b", TopicFilter.inner("$share/g/a/b"));
        assertEquals("a/b", TopicFilter.inner("a/b"));
    }
}
