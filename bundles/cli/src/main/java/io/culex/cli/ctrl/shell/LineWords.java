// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.shell;

import java.util.ArrayList;
import java.util.List;

/** Cuts a line into words: at blanks, but not between quotes, of which there are two kinds. Stateless. */
final class LineWords {
    private LineWords() {}

    /** The words; {@code ""} is an empty one. A quote that is not closed ends with the line. */
    static List<String> of(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (char c : line.toCharArray()) {
            if (quote != 0 ? c == quote : c == '"' || c == '\'') {
                quote = quote == 0 ? c : 0;
                inWord = true;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                }
                word.setLength(0);
                inWord = false;
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
