// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.settings;

/**
 * Where a bridge says whether it is connected: {@code 1} or {@code 0}, retained.
 *
 * @param on {@code notifications}
 * @param localOnly {@code notifications_local_only}
 * @param topic {@code notification_topic}
 */
public record Notices(boolean on, boolean localOnly, String topic) {
    /** Whether the other broker is told too. */
    public boolean toRemote() {
        return on && !localOnly;
    }
}
