// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what matches one topic by the loops it lives on; used again for each route of a loop. Belongs to that loop. */
final class ReceiverCollector implements TopicTree.Sink {
    private static final Subscription[] NONE = {};

    /**
     * A client that gets one copy of overlapping subscriptions gets the first, and that is to be the one of the highest QoS
     * [MQTT-3.3.5-1].
     */
    private static final Comparator<Subscription> BEST_FIRST =
            Comparator.comparingInt(Subscription::qos).reversed();

    private final List<List<Subscription>> byLoop = new ArrayList<>();
    private final List<ShareGroup> groups = new ArrayList<>();

    ReceiverCollector(int loops) {
        for (int i = 0; i < loops; i++) {
            byLoop.add(new ArrayList<>());
        }
    }

    void collect(TopicTree tree, String topic) {
        for (List<Subscription> list : byLoop) {
            list.clear();
        }
        groups.clear();
        tree.match(topic, this);
        for (List<Subscription> list : byLoop) {
            if (list.size() > 1) {
                list.sort(BEST_FIRST);
            }
        }
    }

    @Override
    public void subscription(Subscription subscription) {
        byLoop.get(subscription.receiver().home().index()).add(subscription);
    }

    @Override
    public void group(ShareGroup group) {
        groups.add(group);
    }

    /** The subscriptions on one loop. */
    Subscription[] on(int loop) {
        List<Subscription> list = byLoop.get(loop);
        return list.isEmpty() ? NONE : list.toArray(Subscription[]::new);
    }

    /** The subscriptions on all other loops, null where there are none; null when there are none at all. */
    @Nullable
    Subscription @Nullable [] @Nullable [] elsewhere(int own) {
        Subscription[] @Nullable [] found = null;
        for (int i = 0; i < byLoop.size(); i++) {
            if (i != own && !byLoop.get(i).isEmpty()) {
                if (found == null) {
                    found = new Subscription[byLoop.size()][];
                }
                found[i] = on(i);
            }
        }
        return found;
    }

    /** The subscriptions of sessions that the store keeps, loop by loop in the order in which they are delivered to. */
    Subscription[] kept() {
        Subscription[] found = NONE;
        int count = 0;
        for (List<Subscription> list : byLoop) {
            for (Subscription subscription : list) {
                if (subscription.life() != 0) {
                    if (count == found.length) {
                        found = Arrays.copyOf(found, Math.max(4, count * 2));
                    }
                    found[count++] = subscription;
                }
            }
        }
        return count == 0 ? NONE : Arrays.copyOf(found, count);
    }

    /** The shared subscriptions; null when there are none. */
    ShareGroup @Nullable [] groups() {
        return groups.isEmpty() ? null : groups.toArray(ShareGroup[]::new);
    }
}
