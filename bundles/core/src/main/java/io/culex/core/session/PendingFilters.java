// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Filters whose retained messages were not looked up yet, in order, and which versions they bring. Takes no memory while there are
 * none. On the session's loop.
 */
final class PendingFilters {
    private @Nullable Map<String, Span> due;
    private @Nullable Map<String, Span> putOff;

    boolean isEmpty() {
        return due == null && putOff == null;
    }

    /** Whether there are some that are not put off. */
    boolean hasDue() {
        return due != null;
    }

    void clear() {
        due = null;
        putOff = null;
    }

    /** Adds a filter at the end, wherever it was. */
    void add(String filter, Span versions) {
        remove(filter);
        due = with(due, filter, versions);
    }

    /** Adds one that is not due before {@link #takeUp}. */
    void putOff(String filter, Span versions) {
        remove(filter);
        putOff = with(putOff, filter, versions);
    }

    /** The first one that was put off is due, behind all others. */
    void takeUp() {
        Map<String, Span> later = putOff;
        if (later != null) {
            String filter = later.keySet().iterator().next();
            add(filter, Objects.requireNonNull(later.get(filter), filter));
        }
    }

    /** Returns whether it was there. */
    boolean remove(String filter) {
        boolean was = isIn(due, filter) || isIn(putOff, filter);
        due = without(due, filter);
        putOff = without(putOff, filter);
        return was;
    }

    /** The first one that is due; only when there is one. */
    String first() {
        return all().keySet().iterator().next();
    }

    /** The versions that one that is due brings. */
    Span versions(String filter) {
        return Objects.requireNonNull(all().get(filter), filter);
    }

    private Map<String, Span> all() {
        return Objects.requireNonNull(due, "nothing is pending");
    }

    private static Map<String, Span> with(@Nullable Map<String, Span> to, String filter, Span versions) {
        Map<String, Span> now = to == null ? new LinkedHashMap<>() : to;
        now.put(filter, versions);
        return now;
    }

    private static boolean isIn(@Nullable Map<String, Span> in, String filter) {
        return in != null && in.containsKey(filter);
    }

    private static @Nullable Map<String, Span> without(@Nullable Map<String, Span> from, String filter) {
        if (from != null) {
            from.remove(filter);
        }
        return from == null || from.isEmpty() ? null : from;
    }
}
