// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.print;

/** Names that come from clients, on a terminal. */
public final class Visible {
    private Visible() {}

    /** What would move the cursor is shown as a question mark: the control characters of ASCII and of ISO 8859. */
    public static String of(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                return name.replaceAll("\\p{Cc}", "?");
            }
        }
        return name;
    }
}
