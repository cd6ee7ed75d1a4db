// SPDX-License-Identifier: Apache-2.0
package io.culex.api.store;

import java.util.Arrays;

/**
 * The persistent sessions that a message goes to, and {@link How how} to each. A list without an object per receiver, used
 * again for each message: who wants to keep it copies it. Not for several threads.
 */
public final class Receivers {
    private long[] sessions = new long[8];
    private int[] hows = new int[8];
    private int size;

    /** Adds a receiver; a session with two subscriptions that match is there twice. */
    public void add(long session, int how) {
        if (size == sessions.length) {
            sessions = Arrays.copyOf(sessions, size * 2);
            hows = Arrays.copyOf(hows, size * 2);
        }
        sessions[size] = session;
        hows[size] = how;
        size++;
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** The number of the session at a place. */
    public long session(int place) {
        return sessions[place];
    }

    /** How the message goes to the one at a place. */
    public int how(int place) {
        return hows[place];
    }

    /** Takes all away. */
    public void clear() {
        size = 0;
    }
}
