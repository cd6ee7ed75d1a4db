// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import org.jspecify.annotations.Nullable;

/** Cuts one line into words as C's strtok does: each word takes one delimiter after it along. */
final class Words {
    private final String line;
    private int at;

    Words(String line) {
        this.line = line;
    }

    /** The next word between spaces, or null at the end. */
    @Nullable
    String next() {
        return next(" ");
    }

    /** The next word between any of the delimiters, or null at the end. */
    @Nullable
    String next(String delimiters) {
        while (at < line.length() && delimiters.indexOf(line.charAt(at)) >= 0) {
            at++;
        }
        if (at == line.length()) {
            return null;
        }
        int start = at;
        while (at < line.length() && delimiters.indexOf(line.charAt(at)) < 0) {
            at++;
        }
        String word = line.substring(start, at);
        at = Math.min(at + 1, line.length());
        return word;
    }

    /** All that is left, without blanks at both ends; nothing is left then. */
    String rest() {
        String rest = line.substring(at).strip();
        at = line.length();
        return rest;
    }
}
