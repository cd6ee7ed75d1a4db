// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.message.TopicFilter;
import io.culex.core.loop.Loop;
import io.culex.core.route.Publication;
import io.culex.core.route.Router;
import io.culex.core.route.Subscription;
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
        List<Left> left = new ArrayList<>();
        outbox.unacknowledged(message -> {
            Subscription by = sharedBy(message.topicText(), subscriptions);
            if (by != null && former.stream().noneMatch(path -> TopicFilter.matches(path, message.topicText()))) {
                left.add(new Left(message, by));
            }
        });
        return new Heirs(left);
    }

    private static @Nullable Subscription sharedBy(String topic, Collection<Subscription> subscriptions) {
        Subscription shared = null;
        for (Subscription subscription : subscriptions) {
            if (TopicFilter.matches(subscription.path(), topic)) {
                if (subscription.share() == null) {
                    return null;
                }
                shared = subscription;
            }
        }
        return shared;
    }

    /** Gives it to the members that are left, when the session is none any more. */
    void take(Router router, Loop home) {
        left.forEach(each -> router.passOn(home, each.message(), each.by()));
    }
}
