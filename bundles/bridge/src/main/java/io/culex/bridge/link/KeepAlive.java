// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

/**
 * Asks the other broker whether it is there when it has been silent, or nothing was sent, for the time agreed. An end that went
 * without a word is noticed although messages go out to it. On the loop; looked at once a second.
 */
final class KeepAlive {
    private static final long LEAST_MILLIS = 5000;

    private final long periodMillis;
    private long lastSent;
    private long lastReceived;
    private long asked = -1;

    KeepAlive(int seconds, long nowMillis) {
        periodMillis = seconds * 1000L;
        lastSent = nowMillis;
        lastReceived = nowMillis;
    }

    /** Something came. */
    void received(long nowMillis) {
        lastReceived = nowMillis;
        asked = -1;
    }

    /** Something was sent. */
    void sent(long nowMillis) {
        lastSent = nowMillis;
    }

    /** Whether PINGREQ is due; then it counts as sent. */
    boolean isPingDue(long nowMillis) {
        boolean due = periodMillis > 0
                && asked < 0
                && (nowMillis - lastSent >= periodMillis || nowMillis - lastReceived >= periodMillis);
        if (due) {
            asked = nowMillis;
            lastSent = nowMillis;
        }
        return due;
    }

    /** Whether nothing has come since it was asked, for half as long again. */
    boolean isOver(long nowMillis) {
        return asked >= 0 && nowMillis - asked >= Math.max(LEAST_MILLIS, periodMillis / 2);
    }
}
