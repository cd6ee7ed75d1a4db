// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who has subscribed between the look at a topic's route and the change of its retained message: on another loop that can
 * happen, and may have been answered with the message that was retained before. Also who had unsubscribed first: what is on its way
 * to the subscription before is void.
 */
final class Latecomers {
    private Latecomers() {}

    /** A client and what it has subscribed to: a new SUBSCRIBE in place of another is no new one. */
    private record Seat(Receiver receiver, String filter) {}

    /**
     * Those of one loop, in their order; empty when there are none.
     *
     * @param before who was found at first
     * @param now who is found after the change
     */
    static List<Subscription> among(
            @Nullable Subscription @Nullable [] now, @Nullable Subscription @Nullable [] before) {
        if (now == null) {
            return List.of();
        }
        Set<Seat> known = new HashSet<>();
        if (before != null) {
            for (Subscription subscription : before) {
                if (subscription != null && !subscription.isOver()) {
                    known.add(seat(subscription));
                }
            }
        }
        List<Subscription> late = new ArrayList<>();
        for (Subscription subscription : now) {
            if (subscription != null && !known.contains(seat(subscription))) {
                late.add(subscription);
            }
        }
        return late;
    }

    private static Seat seat(Subscription subscription) {
        return new Seat(subscription.receiver(), subscription.filter());
    }
}
