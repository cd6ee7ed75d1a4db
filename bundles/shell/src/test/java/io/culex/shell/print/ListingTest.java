// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListingTest {
    private final Listing listing = new Listing("id", "queued_bytes", "user")
            .row("b", 20, "bob")
            .row("a", 100, null)
            .row("c", 3, "carol");

    private static String printed(Consumer<PrintStream> print) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        print.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private List<String> ids(@Nullable String filter, @Nullable String sort, boolean reverse, int offset, int limit) {
        return printed(listing.select(new Selection(filter, sort, reverse, offset, limit))::printPlain)
                .lines()
                .map(line -> line.split("\t", -1)[0])
                .toList();
    }

    @Test
    void sortsNumbersAsNumbersAndTextAsText() {
        assertEquals(List.of("c", "b", "a"), ids(null, "queued_bytes", false, 0, -1));
        assertEquals(List.of("a", "b", "c"), ids(null, "queued_bytes", true, 0, -1));
        assertEquals(List.of("a", "b", "c"), ids(null, "id", false, 0, -1));
        assertEquals(List.of("a", "b", "c"), ids(null, "user", false, 0, -1));
    }

    @Test
    void filtersByTextInACellOrByTheFormOfACell() {
        assertEquals(List.of("b"), ids("BO", null, false, 0, -1));
        assertEquals(List.of("b", "c"), ids("*o*", null, false, 0, -1));
        assertEquals(List.of("c"), ids("car?l", null, false, 0, -1));
        assertEquals(List.of(), ids("o*", null, false, 0, -1));
        assertEquals(List.of(), ids("\\E.*", null, false, 0, -1));
    }

    @Test
    void showsAPage() {
        assertEquals(List.of("a"), ids(null, null, false, 1, 1));
        assertEquals(List.of("c"), ids(null, null, false, 2, 10));
        assertEquals(List.of(), ids(null, null, false, 10, 10));
    }

    @Test
    void namesItsColumnsWhenThereIsNoSuchOne() {
        String said = String.valueOf(assertThrows(IllegalArgumentException.class, () -> ids(null, "x", false, 0, 1))
                .getMessage());
        assertEquals("there is no column 'x'; there are id, queued_bytes, user", said);
    }

    @Test
    void printsATable() {
        String table = printed(listing::printTable);
        assertTrue(table.lines().findFirst().orElse("").contains("queued bytes"), table);
        assertTrue(table.contains("carol"), table);
        assertTrue(printed(new Listing("id")::printTable).contains("(none)"));
    }

    @Test
    void printsJsonWithTypes() {
        Listing typed = new Listing("text", "number", "flag", "time", "span", "list", "nothing")
                .row(
                        "<&>",
                        1,
                        true,
                        Instant.parse("2026-01-02T03:04:05.678901Z"),
                        Duration.ofMinutes(2),
                        List.of("a", 1),
                        null);
        assertEquals(
                "[{\"text\":\"<&>\",\"number\":1,\"flag\":true,\"time\":\"2026-01-02T03:04:05.678Z\",\"span\":120,"
                        + "\"list\":[\"a\",1],\"nothing\":null}]",
                Json.line(typed.toJson()));
    }

    @Test
    void longAndShortListsArePrintedAsTheSameJson() {
        Listing many = new Listing("id", "queued");
        for (int i = 0; i < 2_000; i++) {
            many.row("client-" + i, i);
        }
        assertEquals(Json.readable(many.toJson()) + System.lineSeparator(), printed(many::printJson));
        assertEquals(Json.readable(listing.toJson()) + System.lineSeparator(), printed(listing::printJson));
        assertEquals("[]" + System.lineSeparator(), printed(new Listing("id")::printJson));
    }

    @Test
    void namesOfClientsDoNotMoveTheCursor() {
        Listing hostile = new Listing("id").row("a\u001b[2Jb\r\nc");
        assertEquals(
                "a?[2J",
                printed(new Listing("id").row("a\u009b[2J")::printPlain).strip());
        assertFalse(printed(hostile::printPlain).contains("\u001b"));
        assertEquals("a?[2Jb??c", printed(hostile::printPlain).strip());
    }

    @Test
    void aPageMayBeAsLongAsANumberCanBe() {
        Listing three = new Listing("n").row(1).row(2).row(3);
        assertEquals(
                2,
                three.select(new Selection(null, null, false, 1, Integer.MAX_VALUE))
                        .size());
    }

    @Test
    void aRowHasACellForEachColumn() {
        assertThrows(IllegalArgumentException.class, () -> listing.row("too", "few"));
    }

    @Test
    void factsAreLinesOrAnObject() {
        Facts facts = new Facts().add("id", "c").add("queued_bytes", 3.0).add("list", new Listing("x").row(1));
        assertEquals("{\"id\":\"c\",\"queued_bytes\":3.0,\"list\":[{\"x\":1}]}", Json.line(facts.toJson()));
        String printed = printed(facts::print);
        assertTrue(printed.startsWith("id            c" + System.lineSeparator() + "queued bytes  3"), printed);
        assertTrue(printed.contains("list (1)"), printed);
    }

    @Test
    void aNameThatTurnsTheDirectionOfTheTextTurnsNothing() {
        Listing turned = new Listing("id", "user").row("\u202ea\u2066b\u2028c\u200fd", "\ufeffe");
        assertEquals("?a?b?c?d\t?e", printed(turned::printPlain).strip());
        assertEquals(
                "[{\"id\":\"\\u202ea\\u2066b\\u2028c\\u200fd\",\"user\":\"\\ufeffe\"}]",
                printed(turned::printJson).replaceAll("\\s", ""));
    }

    @Test
    void oneLongNameDoesNotMakeEveryRowOfATableLong() {
        String name = "x".repeat(65_535);
        Listing uneven = new Listing("id").row(name).row("short");
        String table = printed(uneven::printTable);
        assertTrue(table.lines().allMatch(line -> line.length() <= 200), () -> table.length() + " characters");
        assertTrue(table.contains("x".repeat(199) + "\u2026"), table);
        assertTrue(printed(uneven::printPlain).contains(name), "the whole name where no column is aligned");
    }
}
