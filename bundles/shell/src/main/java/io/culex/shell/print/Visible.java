// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.print;

/** Names that come from clients, on a terminal. */
public final class Visible {
    private Visible() {}

    /**
     * What would move the cursor, begin a line or turn the direction of what follows is shown as a question mark: the control
     * characters of ASCII and of ISO 8859, and those of Unicode for lines and directions.
     */
    public static String of(String name) {
        int first = 0;
        while (first < name.length() && !isHidden(name.charAt(first))) {
            first++;
        }
        if (first == name.length()) {
            return name;
        }
        StringBuilder text = new StringBuilder(name);
        for (int i = first; i < text.length(); i++) {
            if (isHidden(text.charAt(i))) {
                text.setCharAt(i, '?');
            }
        }
        return text.toString();
    }

    private static boolean isHidden(char c) {
        return Character.isISOControl(c) || isDirection(c);
    }

    /** Says where lines end or which way the text runs, and is not seen itself; the joiners, which scripts need, are not meant. */
    static boolean isDirection(char c) {
        return c == '\u061c'
                || c == '\u200e'
                || c == '\u200f'
                || c >= '\u2028' && c <= '\u202e'
                || c >= '\u2066' && c <= '\u2069'
                || c == '\ufeff';
    }
}
