// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

/** Names that come from clients, on a terminal. */
final class Visible {
    private Visible() {}

    /** What would move the cursor is shown as a question mark. */
    static String of(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }
}
