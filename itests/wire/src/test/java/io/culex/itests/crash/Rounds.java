// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.crash;

import io.culex.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How long a test goes on: so many rounds ({@code culex.crash.rounds} and the like), or fewer when {@code culex.crash.minutes} are
 * over before. While the file that {@code culex.crash.wait} names is there no round begins, so that a long run lets the
 * machine be when somebody else needs it.
 */
final class Rounds {
    private static final int TOLD_EACH = 25;

    private final int limit;
    private final long end = System.nanoTime()
            + Duration.ofMinutes(Long.getLong("culex.crash.minutes", 60_000)).toNanos();
    private final String waitFile = System.getProperty("culex.crash.wait", "");
    private int begun;

    /** As many as the property says, or {@code usual}. */
    Rounds(String property, int usual) {
        limit = Integer.getInteger(property, usual);
    }

    /** Whether there is another one, which begins now. */
    boolean next() {
        if (!waitFile.isEmpty() && Files.exists(Path.of(waitFile))) {
            Await.until(Duration.ofHours(10), () -> "the end of " + waitFile, () -> !Files.exists(Path.of(waitFile)));
        }
        if (begun >= limit || System.nanoTime() - end > 0) {
            return false;
        }
        begun++;
        if (begun % TOLD_EACH == 0) {
            System.out.println(begun + " rounds");
        }
        return true;
    }

    /** The number of the round that has begun last, from 1 on. */
    int number() {
        return begun;
    }
}
