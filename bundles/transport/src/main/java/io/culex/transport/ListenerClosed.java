// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

/**
 * User event that goes through the pipeline of each connection whose listener was removed from the configuration, or when the
 * broker stops. The
 * endpoint says goodbye in its protocol and closes the channel; what is still open after {@link #GRACE_SECONDS} is closed by
 * the listener.
 *
 * @param listener the name of the listener
 */
public record ListenerClosed(String listener) {
    /** How long an endpoint may take, in seconds. */
    public static final int GRACE_SECONDS = 5;
}
