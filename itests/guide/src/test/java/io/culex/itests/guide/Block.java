// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.guide;

import java.util.Set;

/**
 * A fenced block of a page.
 *
 * @param kind what is done with it
 * @param word what stands behind the language: a file's name, {@code terminal} or {@code refused}, or nothing
 * @param text what is in it
 * @param place page and line, for messages
 */
record Block(Kind kind, String word, String text, String place) {
    static final String TERMINAL = "terminal";
    static final String REFUSED = "refused";

    private static final Set<String> LANGUAGES_OF_FILES =
            Set.of("conf", "haproxy", "java", "json", "properties", "sh", "toml", "xml", "yaml");

    /** What is done with a block. */
    enum Kind {
        /** Commands of the shell. */
        SHELL,
        /** Lines for Karaf's console. */
        CONSOLE,
        /** What the commands before it print. */
        OUTPUT,
        /** A file. */
        FILE
    }

    static Block of(String info, String text, String place) {
        String[] words = info.split(" ", 2);
        String word = words.length > 1 ? words[1] : "";
        boolean reserved = word.isEmpty() || word.equals(TERMINAL) || word.equals(REFUSED);
        if (!reserved && LANGUAGES_OF_FILES.contains(words[0])) {
            return new Block(Kind.FILE, word, text, place);
        }
        if (reserved) {
            switch (words[0]) {
                case "sh":
                    return new Block(Kind.SHELL, word, text, place);
                case "console":
                    return new Block(Kind.CONSOLE, word, text, place);
                case "text":
                    return new Block(Kind.OUTPUT, word, text, place);
                default:
            }
        }
        throw new AssertionError(place + ": nobody knows what to do with a block \"" + info + "\"");
    }

    boolean is(String reserved) {
        return word.equals(reserved);
    }
}
