// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.outcome;

/** Text that comes from a server, for a terminal: a name must not be able to give that orders. Stateless. */
public final class VisibleText {
    private VisibleText() {}

    /** The same with control characters as {@code \x1B}; line feeds stay. */
    public static String of(String text) {
        if (text.chars().noneMatch(VisibleText::isHidden)) {
            return text;
        }
        StringBuilder visible = new StringBuilder();
        text.chars().forEach(c -> {
            if (isHidden(c)) {
                visible.append("\\x%02X".formatted(c));
            } else {
                visible.append((char) c);
            }
        });
        return visible.toString();
    }

    private static boolean isHidden(int c) {
        return Character.isISOControl(c) && c != '\n';
    }
}
