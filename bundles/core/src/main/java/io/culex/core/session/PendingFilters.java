// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Filters whose retained messages were not looked up yet, in order. Takes no memory while there are none. On the session's loop. */
final class PendingFilters {
    private @Nullable Map<String, Long> marks;

    boolean isEmpty() {
        return marks == null;
    }

    void clear() {
        marks = null;
    }

    /**
     * Adds a filter at the end, wherever it was.
     *
     * @param mark the version of the latest retained message that it brings: what was published since has come by itself
     */
    void add(String filter, long mark) {
        Map<String, Long> now = marks == null ? new LinkedHashMap<>() : marks;
        now.remove(filter);
        now.put(filter, mark);
        marks = now;
    }

    /** Returns whether it was there. */
    boolean remove(String filter) {
        Map<String, Long> now = marks;
        boolean was = now != null && now.remove(filter) != null;
        if (now != null && now.isEmpty()) {
            marks = null;
        }
        return was;
    }

    /** The first one; only when there is one. */
    String first() {
        return all().keySet().iterator().next();
    }

    /** The mark of one that is there. */
    long mark(String filter) {
        return Objects.requireNonNull(all().get(filter), filter);
    }

    private Map<String, Long> all() {
        return Objects.requireNonNull(marks, "nothing is pending");
    }
}
