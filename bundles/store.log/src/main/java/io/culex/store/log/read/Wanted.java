// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.read;

import io.culex.api.store.Loaded;

/**
 * Messages that were asked for.
 *
 * @param ids which ones
 * @param target who asked
 * @param untilNanos how long they are tried again, by {@link System#nanoTime}, when the disk or the memory does not give them
 */
public record Wanted(long[] ids, Loaded target, long untilNanos) {
    /** Whether one that cannot be read now may be read later. */
    boolean mayWait() {
        return System.nanoTime() - untilNanos < 0;
    }
}
