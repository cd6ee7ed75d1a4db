// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.TopicFilter;
import io.culex.api.store.How;
import org.jspecify.annotations.Nullable;

/** One subscription of one receiver. Its options never change: a new SUBSCRIBE makes a new one in its place. */
public final class Subscription {
    private final Receiver receiver;
    private final String filter;
    private final SubscribeOptions options;
    private final int qos;
    private final @Nullable String share;
    private final String path;
    private final long life;

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
        this(receiver, filter, options, 0);
    }

    /**
     * A subscription of a session that the store keeps.
     *
     * @param life the session's number in the store; 0: it is not kept
     */
    public Subscription(Receiver receiver, String filter, SubscribeOptions options, long life) {
        this.receiver = receiver;
        this.life = life;
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

    /** Whether it was taken away. On the receiver's loop, or by who has seen another one of that receiver and filter after it. */
    public boolean isOver() {
        return over;
    }

    /** The number in the store of the session whose it is; 0: that is not kept. Never changes. */
    public long life() {
        return life;
    }

    /** Whether a message of that source is the receiver's own, which it does not want [MQTT-3.8.3-3]. */
    boolean leavesOut(long source) {
        return options.noLocal() && receiver.number() == source;
    }

    /** The level at which a message goes to it. */
    public int qosOf(int published, boolean upgrade) {
        return upgrade ? qos : Math.min(published, qos);
    }

    /** How a message of its receiver goes out, as the store keeps it. */
    int how(int level, boolean retainFlag) {
        return How.of(level, retainFlag && options.retainAsPublished(), options.identifier());
    }

    /** The highest QoS to deliver at. */
    public int qos() {
        return qos;
    }
}
