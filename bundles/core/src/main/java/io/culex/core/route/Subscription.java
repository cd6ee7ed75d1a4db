// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.TopicFilter;
import org.jspecify.annotations.Nullable;

/** One subscription of one receiver. Its options never change: a new SUBSCRIBE makes a new one in its place. */
public final class Subscription {
    private final Receiver receiver;
    private final String filter;
    private final SubscribeOptions options;
    private final int qos;
    private final @Nullable String share;
    private final String path;

    /** Belongs to the receiver's loop. */
    private boolean over;

    /** The place in its {@link SubscriberSet}; belongs to the set's writer. */
    int slot = -1;

    /**
     * A subscription.
     *
     * @param filter as the broker keeps it: with {@code $share/NAME/}, the mount point applied
     */
    public Subscription(Receiver receiver, String filter, SubscribeOptions options) {
        this.receiver = receiver;
        this.filter = filter;
        this.options = options;
        this.qos = options.qos().level();
        this.share = TopicFilter.isShared(filter) ? TopicFilter.shareName(filter) : null;
        this.path = TopicFilter.inner(filter);
    }

    /** Whom it belongs to. */
    public Receiver receiver() {
        return receiver;
    }

    /** The filter as the broker keeps it. */
    public String filter() {
        return filter;
    }

    /** The filter without {@code $share/NAME/}. */
    public String path() {
        return path;
    }

    /** The Share Name; null when not shared. */
    public @Nullable String share() {
        return share;
    }

    /** The options as subscribed. */
    public SubscribeOptions options() {
        return options;
    }

    /** It was taken away: what is still on its way to it is void. On the receiver's loop. */
    public void end() {
        over = true;
    }

    /** Whether it was taken away. On the receiver's loop. */
    public boolean isOver() {
        return over;
    }

    /** The highest QoS to deliver at. */
    public int qos() {
        return qos;
    }
}
