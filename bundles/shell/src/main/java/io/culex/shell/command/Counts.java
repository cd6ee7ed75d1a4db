// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

/** How many, as an option says it. */
final class Counts {
    private Counts() {}

    /** Refuses what is less than nothing. */
    static void check(String option, int number) {
        if (number < 0) {
            throw new IllegalArgumentException(option + " must not be negative: " + number);
        }
    }
}
