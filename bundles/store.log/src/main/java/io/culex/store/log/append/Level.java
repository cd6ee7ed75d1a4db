// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.append;

/** What a kept operation survives. */
public enum Level {
    /** The end of the process. */
    OS,
    /** The end of the power. */
    FSYNC;

    /**
     * The level of that name.
     *
     * @throws IllegalArgumentException with one line that says what there is
     */
    public static Level of(String name) {
        return switch (name) {
            case "os" -> OS;
            case "fsync" -> FSYNC;
            default -> throw new IllegalArgumentException("Error: Invalid 'persistence_sync' value (" + name + ").");
        };
    }
}
