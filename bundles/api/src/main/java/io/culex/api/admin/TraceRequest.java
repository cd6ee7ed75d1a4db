// SPDX-License-Identifier: Apache-2.0
package io.culex.api.admin;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to watch. At least one of client and filter is given; with both, both must fit.
 *
 * @param clientId the client whose packets are shown, or null: all
 * @param filter a valid Topic Filter: only PUBLISH packets whose topic matches are shown; null: every packet
 * @param payloadBytes how much of a payload is shown; 0: nothing
 * @param time after which it ends by itself
 */
public record TraceRequest(@Nullable String clientId, @Nullable String filter, int payloadBytes, Duration time) {
    public TraceRequest {
        Objects.requireNonNull(time, "time");
        if (clientId == null && filter == null) {
            throw new IllegalArgumentException("neither a client nor a filter");
        }
        if (payloadBytes < 0) {
            throw new IllegalArgumentException("payload bytes: " + payloadBytes);
        }
    }
}
