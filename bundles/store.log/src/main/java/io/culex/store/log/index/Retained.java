// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.index;

import io.culex.store.log.segment.Location;
import io.culex.store.log.segment.Segment;
import io.culex.store.log.segment.Segments;

/**
 * The retained messages by topic (its hash): where each stands, and its version. Of a topic that was cleared the version is
 * remembered for a while, in case a lower one comes late. For the commit thread.
 */
public final class Retained {
    private static final int LOCATION = 1;
    private static final int VERSION = 2;
    private static final int SIZE_AND_FLAGS = 3;
    private static final int CLEARED = 1;
    /** A lower version came after the topic was cleared: its record must not outlive that of the clearing. */
    private static final int GUARDS = 2;

    /** So many are remembered always. */
    private static final int MOST_CLEARED = 65_536;

    private static final long CLEARED_WITHIN = 4L << 20;

    private final Segments segments;
    private final Table topics = new Table(3);
    private int cleared;
    private int pruneAbove = MOST_CLEARED;
    private long highestVersion;

    Retained(Segments segments) {
        this.segments = segments;
    }

    /** How many there are. */
    public int count() {
        return topics.size() - cleared;
    }

    /** The highest version that was seen, of a message or a clearing; 0: none. */
    public long highestVersion() {
        return highestVersion;
    }

    private boolean has(int entry, int flag) {
        return (topics.get(entry, SIZE_AND_FLAGS) & flag) != 0;
    }

    /** The topic's message stands there, unless a higher version is known. */
    void put(long topic, long version, long location, int size) {
        change(topic, version, location, size, 0);
    }

    /** The topic has none any more, unless a higher version is known. */
    void clear(long topic, long version, long location, int size) {
        change(topic, version, location, size, CLEARED);
        if (cleared > pruneAbove) {
            prune(location);
            // It walks all topics: not again before there are as many new ones as it has left.
            pruneAbove = Math.max(MOST_CLEARED, 2 * cleared);
        }
    }

    private void change(long topic, long version, long location, int size, int flags) {
        highestVersion = Math.max(highestVersion, version);
        int entry = topics.find(topic);
        boolean guards = false;
        if (entry >= 0) {
            if (version < topics.get(entry, VERSION)) {
                guard(entry);
                return;
            }
            guards = has(entry, GUARDS) && flags == CLEARED;
            release(entry);
        } else {
            entry = topics.insert(topic);
        }
        topics.set(entry, LOCATION, location);
        topics.set(entry, VERSION, version);
        topics.set(entry, SIZE_AND_FLAGS, (long) size << 32 | flags | (guards ? GUARDS : 0));
        hold(entry);
    }

    private void guard(int entry) {
        if (has(entry, CLEARED) && !has(entry, GUARDS)) {
            topics.set(entry, SIZE_AND_FLAGS, topics.get(entry, SIZE_AND_FLAGS) | GUARDS);
            segments.hold(topics.get(entry, LOCATION), size(entry));
        }
    }

    private int size(int entry) {
        return (int) (topics.get(entry, SIZE_AND_FLAGS) >>> 32);
    }

    private void hold(int entry) {
        if (has(entry, CLEARED)) {
            cleared++;
        }
        if (!has(entry, CLEARED) || has(entry, GUARDS)) {
            segments.hold(topics.get(entry, LOCATION), size(entry));
        }
    }

    private void release(int entry) {
        if (has(entry, CLEARED)) {
            cleared--;
        }
        if (!has(entry, CLEARED) || has(entry, GUARDS)) {
            segments.release(topics.get(entry, LOCATION), size(entry));
        }
    }

    /** Whether the record there is the topic's message. */
    boolean isAt(long topic, long location) {
        int entry = topics.find(topic);
        return entry >= 0 && !has(entry, CLEARED) && topics.get(entry, LOCATION) == location;
    }

    /** Whether the record there is a clearing that is still needed; else it is forgotten. */
    boolean guardsAt(long topic, long location) {
        int entry = topics.find(topic);
        if (entry < 0 || topics.get(entry, LOCATION) != location) {
            return false;
        }
        if (has(entry, GUARDS)) {
            // Once is enough: what came late is older than the copy.
            topics.set(entry, SIZE_AND_FLAGS, topics.get(entry, SIZE_AND_FLAGS) & ~GUARDS);
            segments.release(location, size(entry));
            return true;
        }
        release(entry);
        topics.remove(entry);
        return false;
    }

    /** The location so many bytes of the log before that one; what is gone is farther. */
    private long before(long location) {
        long number = Location.segment(location);
        long place = Location.place(location) - CLEARED_WITHIN;
        while (place < 0) {
            Segment previous = segments.get(number - 1);
            if (previous == null) {
                return Location.of(number, 0);
            }
            number--;
            place += previous.size();
        }
        return Location.of(number, (int) place);
    }

    private void prune(long location) {
        long oldest = before(location);
        for (long topic : topics.keys()) {
            int entry = topics.find(topic);
            if (has(entry, CLEARED) && !has(entry, GUARDS) && topics.get(entry, LOCATION) < oldest) {
                cleared--;
                topics.remove(entry);
            }
        }
    }

    /** Where they stand; the order says nothing. */
    public long[] locations() {
        long[] locations = new long[count()];
        int at = 0;
        for (long topic : topics.keys()) {
            int entry = topics.find(topic);
            if (!has(entry, CLEARED)) {
                locations[at++] = topics.get(entry, LOCATION);
            }
        }
        return locations;
    }
}
