// SPDX-License-Identifier: Apache-2.0
package io.culex.api.local;

/**
 * What waits in a session.
 *
 * @param messages that wait
 * @param bytes of their payload
 * @param inflight messages of QoS 1 and 2 that were delivered and are not done
 * @param ageMillis how long the first one has waited, to about a second; counted from the start of the broker at most
 * @param dropped messages since the start that found the queue full
 */
public record Backlog(int messages, long bytes, int inflight, long ageMillis, long dropped) {
    /** Nothing. */
    public static final Backlog EMPTY = new Backlog(0, 0, 0, 0, 0);
}
