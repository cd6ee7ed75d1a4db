// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.guide;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a page says that is printed; … stands for anything within a line, and alone for any number of lines. */
final class Expected {
    private static final String ANYTHING = "…";

    private final Pattern pattern;

    Expected(String text) {
        StringBuilder regex = new StringBuilder();
        for (String line : lines(text)) {
            if (line.strip().equals(ANYTHING)) {
                regex.append("(?:[^\n]*\n)*?");
            } else {
                regex.append(List.of(line.split(ANYTHING, -1)).stream()
                                .map(Pattern::quote)
                                .collect(Collectors.joining("[^\n]*")))
                        .append('\n');
            }
        }
        pattern = Pattern.compile(regex.toString());
    }

    /** It is all that was printed. */
    boolean isAllOf(String output) {
        return pattern.matcher(plain(output)).matches();
    }

    /** It is among what was printed, in lines of its own. */
    boolean isIn(String output) {
        return Pattern.compile("(?m)^" + pattern.pattern())
                .matcher(plain(output))
                .find();
    }

    private static String plain(String text) {
        return lines(text).stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** Without colours, blanks at the ends of lines, and empty lines. */
    private static List<String> lines(String text) {
        return text.replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]", "")
                .lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
