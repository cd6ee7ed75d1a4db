// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.segment;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The segments of the log by number, oldest first. For the commit thread (before it runs: the opening thread). */
public final class Segments {
    private final List<@Nullable Segment> window = new ArrayList<>();
    private long first;
    private long totalBytes;
    private long liveBytes;
    private int count;

    /** Adds one that is newer than all others. */
    public void add(Segment segment) {
        if (window.isEmpty()) {
            first = segment.number();
        }
        while (first + window.size() < segment.number()) {
            window.add(null);
        }
        window.add(segment);
        totalBytes += segment.size();
        count++;
    }

    /** The one with that number, or null. */
    public @Nullable Segment get(long number) {
        long place = number - first;
        return place < 0 || place >= window.size() ? null : window.get((int) place);
    }

    /** The oldest, or null. */
    public @Nullable Segment oldest() {
        return window.isEmpty() ? null : window.get(0);
    }

    /** Takes the oldest away. */
    public void removeOldest() {
        Segment gone = window.remove(0);
        first++;
        if (gone != null) {
            totalBytes -= gone.size();
            liveBytes -= gone.live();
            count--;
        }
        while (!window.isEmpty() && window.get(0) == null) {
            window.remove(0);
            first++;
        }
    }

    /** All, oldest first. */
    public List<Segment> all() {
        List<Segment> all = new ArrayList<>();
        for (Segment segment : window) {
            if (segment != null) {
                all.add(segment);
            }
        }
        return all;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** Bytes in use of all. */
    public long totalBytes() {
        return totalBytes;
    }

    /** Bytes still needed of all. */
    public long liveBytes() {
        return liveBytes;
    }

    /** One has grown. */
    public void grow(Segment segment, int newSize) {
        totalBytes += newSize - segment.size();
        segment.grow(newSize);
    }

    /** The record at a location is needed. */
    public void hold(long location, int size) {
        change(location, size);
    }

    /** The record at a location is not needed any more for one of its roles. */
    public void release(long location, int size) {
        change(location, -size);
    }

    private void change(long location, int bytes) {
        Segment segment = get(Location.segment(location));
        if (segment != null) {
            segment.addLive(bytes);
            liveBytes += bytes;
        }
    }
}
