// SPDX-License-Identifier: Apache-2.0
package io.culex.api.local;

/**
 * Limits of a session's queue in place of the broker's. The newest message is dropped when one is reached.
 *
 * @param messages how many may wait; 0: no limit
 * @param bytes how much payload may wait; 0: no limit
 * @param qos0WhileAway whether messages of QoS 0 wait too while the session has no link
 */
public record QueueRules(int messages, long bytes, boolean qos0WhileAway) {
    public QueueRules {
        if (messages < 0 || bytes < 0) {
            throw new IllegalArgumentException("limits of a queue must not be negative");
        }
    }
}
