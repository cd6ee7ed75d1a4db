// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.core.route.ShareGroup;
import io.culex.core.route.Subscription;
import io.culex.core.route.TopicTree;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the shared subscription of a topic among the many of one session, for what may be many topics. */
final class Match implements TopicTree.Sink {
    /** Of copies: the place in a tree belongs to the router's. */
    private final TopicTree tree = new TopicTree(1);

    private @Nullable Subscription shared;
    private boolean plain;

    /** Among these; {@code former} are paths of others that were not shared. There is one at least. */
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
