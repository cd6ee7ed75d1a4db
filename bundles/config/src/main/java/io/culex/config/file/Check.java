// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule for a value: a range of numbers (of lengths, for a string) or a set of words.
 *
 * @param min lowest number allowed
 * @param max highest number allowed
 * @param words the words allowed, or null for a range
 * @param corrects whether a number outside is brought in, rather than refused
 * @param text the error, or the notice of a correction; {@code %s} stands for the value
 */
public record Check(long min, long max, @Nullable List<String> words, boolean corrects, String text) {
    /** Reads the notation of the table of options. */
    static Check parse(String notation) {
        int mark = notation.indexOf(" ! ");
        boolean corrects = mark < 0;
        if (corrects) {
            mark = notation.indexOf(" ~");
        }
        String what = notation.substring(0, mark);
        String text = notation.substring(mark + 2).strip();
        int dots = what.indexOf("..");
        if (dots < 0) {
            return new Check(0, 0, List.of(what.split(",", -1)), corrects, text);
        }
        return new Check(
                bound(what.substring(0, dots), Long.MIN_VALUE),
                bound(what.substring(dots + 2), Long.MAX_VALUE),
                null,
                corrects,
                text);
    }

    private static long bound(String text, long otherwise) {
        return text.isEmpty() ? otherwise : Long.parseLong(text);
    }

    /** Whether the number is in the range. */
    boolean allows(long number) {
        return number >= min && number <= max;
    }

    /** Whether the word is one of the words. */
    boolean allows(String word) {
        return words == null || words.contains(word);
    }

    /** The nearest number in the range. */
    long nearest(long number) {
        return Math.max(min, Math.min(max, number));
    }

    /** The text with the value in it. */
    String textFor(Object value) {
        return text.replace("%s", value.toString());
    }
}
