// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;

/**
 * A name in a list that has priorities: a role of a client or group, a client of a group, a group of a client.
 *
 * @param name of what is referred to
 * @param priority higher ones are asked first; kept within -100,000 to 100,000
 */
public record Ranked(String name, int priority) {
    /** The priority where none is given. */
    public static final int DEFAULT_PRIORITY = -1;

    /** As they are asked: higher priorities first, those of the same priority by the bytes of their names. */
    public static final Comparator<Ranked> ORDER = Comparator.comparingInt(Ranked::priority)
            .reversed()
            .thenComparing(ranked -> ranked.name().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private static final int BOUND = 100_000;

    public Ranked {
        Objects.requireNonNull(name, "name");
        priority = clamp(priority);
    }

    /** With the default priority. */
    public static Ranked of(String name) {
        return new Ranked(name, DEFAULT_PRIORITY);
    }

    static int clamp(int priority) {
        return Math.max(-BOUND, Math.min(BOUND, priority));
    }
}
