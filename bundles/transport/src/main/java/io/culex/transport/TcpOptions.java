// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

/**
 * What the operating system is to do about a TCP connection that has fallen silent. 0 leaves a value at the system's default;
 * where the transport has no such option, it is not set.
 *
 * @param keepIdleSeconds silence before it asks the other end; above 0 switches SO_KEEPALIVE on
 * @param keepIntervalSeconds between two such questions
 * @param keepCount how many questions may stay unanswered
 * @param userTimeoutMillis how long sent data may stay unacknowledged (TCP_USER_TIMEOUT)
 */
public record TcpOptions(int keepIdleSeconds, int keepIntervalSeconds, int keepCount, int userTimeoutMillis) {
    /** Everything as the system has it. */
    public static final TcpOptions NONE = new TcpOptions(0, 0, 0, 0);

    public TcpOptions {
        if (keepIdleSeconds < 0 || keepIntervalSeconds < 0 || keepCount < 0 || userTimeoutMillis < 0) {
            throw new IllegalArgumentException("TCP options must not be negative");
        }
    }
}
