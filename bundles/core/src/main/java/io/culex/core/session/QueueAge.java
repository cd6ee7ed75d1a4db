// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import java.util.ArrayDeque;

/** How long the first message of a queue has waited: notes when one of them came, about once a second. On the session's loop. */
final class QueueAge {
    private static final long EVERY_MILLIS = 1000;
    private static final int MOST = 4096;

    private final ArrayDeque<Note> notes = new ArrayDeque<>(1);

    /** When the message of a number came. */
    private record Note(long number, long millis) {}

    /** A message of that number, the highest so far, waits from now on. */
    void added(long number, long nowMillis) {
        Note last = notes.peekLast();
        if (last == null || nowMillis - last.millis() >= EVERY_MILLIS) {
            if (notes.size() >= MOST) {
                // Most likely that message is gone; if not, its age is more than an hour whatever is said.
                notes.poll();
            }
            notes.add(new Note(number, nowMillis));
        }
    }

    /** The age of the message of that number, the lowest that is still there. */
    long ofFirst(long number, long nowMillis) {
        Note oldest = notes.poll();
        while (oldest != null && !notes.isEmpty() && notes.peek().number() <= number) {
            oldest = notes.poll();
        }
        if (oldest == null) {
            return 0;
        }
        notes.addFirst(oldest);
        return Math.max(0, nowMillis - oldest.millis());
    }
}
