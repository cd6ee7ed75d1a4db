// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.core.loop.Loop;
import io.culex.core.route.Publication;
import io.culex.core.route.Router;
import io.culex.core.route.ShareGroup;
import io.culex.core.route.Subscription;
import io.culex.core.route.TopicTree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a session had by shared subscriptions and leaves unacknowledged when it ends: the other members get it (SPEC H.3). A message
 * that one of its other subscriptions matches, too, or did, may be its own, and goes with it. On the session's loop.
 */
final class Heirs {
    private static final Heirs NONE = new Heirs(List.of());

    private final List<Left> left;

    private record Left(Publication message, Subscription by) {}

    private Heirs(List<Left> left) {
        this.left = left;
    }

    /**
     * Looks at what there is, while it is.
     *
     * @param former the paths of subscriptions that were not shared and are taken away, though messages by them may be left
     */
    static Heirs of(Outbox outbox, Collection<Subscription> subscriptions, Set<String> former) {
        if (subscriptions.stream().allMatch(subscription -> subscription.share() == null)) {
            return NONE;
        }
        if (outbox.queued() + outbox.inflight() == 0) {
            return NONE;
        }
        Match match = new Match(subscriptions, former);
        List<Left> left = new ArrayList<>();
        outbox.unacknowledged(message -> {
            Subscription by = match.sharedBy(message.topicText());
            if (by != null) {
                left.add(new Left(message, by));
            }
        });
        return new Heirs(left);
    }

    /** Finds the shared subscription of a topic among many, which may be many topics. */
    private static final class Match implements TopicTree.Sink {
        /** Of copies: the place in a tree belongs to the router's. */
        private final TopicTree tree = new TopicTree(1);

        private @Nullable Subscription shared;
        private boolean plain;

        Match(Collection<Subscription> subscriptions, Set<String> former) {
            for (Subscription each : subscriptions) {
                tree.add(new Subscription(each.receiver(), each.filter(), each.options()), null);
            }
            Subscription any = subscriptions.iterator().next();
            former.forEach(path -> tree.add(new Subscription(any.receiver(), path, any.options()), null));
        }

        /** Null also when one that is not shared matches. */
        @Nullable
        Subscription sharedBy(String topic) {
            shared = null;
            plain = false;
            tree.match(topic, this);
            return plain ? null : shared;
        }

        @Override
        public void subscription(Subscription subscription) {
            plain = true;
        }

        @Override
        public void group(ShareGroup group) {
            shared = group.members()[0];
        }
    }

    /** Gives it to the members that are left, when the session is none any more. */
    void take(Router router, Loop home) {
        left.forEach(each -> router.passOn(home, each.message(), each.by()));
    }
}
