// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import io.culex.core.loop.Clock;
import io.culex.core.loop.Failure;
import io.culex.core.loop.Loop;
import io.culex.core.loop.Loops;
import io.culex.core.loop.Measure;
import io.culex.core.plugin.Current;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From a message to its receivers. Every method on the loop that it is given, unless it says otherwise. */
public final class Router {
    /** What a receiver takes in the record of a message, at most. */
    private static final long RECEIVER_BYTES = 16;

    private static final ShareGroup.@Nullable Turn[] NO_TURNS = {};

    /** The part of the heap that routes may take. */
    private static final int HEAP_SHARE = 8;

    private final Loops loops;
    private final TopicTree tree;
    private final Retained retained;
    private final List<RouteCache> caches = new ArrayList<>();
    private final List<Inbound> inbounds = new ArrayList<>();
    private final List<ReceiverCollector> collectors = new ArrayList<>();
    private final List<Recorder> recorders = new ArrayList<>();
    private final TopicsSeen seen;
    private final long[] sequences;

    /** A router over the loops of the broker; {@code current} has its settings. */
    public Router(Loops loops, Clock clock, Current current) {
        this.loops = loops;
        this.tree = new TopicTree(loops.size());
        this.retained = new Retained(clock, this::forget);
        this.seen = new TopicsSeen(loops.size());
        this.sequences = new long[loops.size()];
        long memory = Runtime.getRuntime().maxMemory() / HEAP_SHARE / loops.size();
        for (int i = 0; i < loops.size(); i++) {
            caches.add(new RouteCache(tree.versions(), seen, i, memory));
            collectors.add(new ReceiverCollector(loops.size()));
            inbounds.add(new Inbound(clock));
            recorders.add(new Recorder(loops.get(i).ledger(), current, retained));
        }
    }

    /** A retained message has expired: the store need not keep it any more. Any thread. */
    private void forget(byte[] topic, long version) {
        Loop any = loops.get(0);
        any.execute(() -> {
            if (any.ledger().isOn()) {
                any.ledger().give().clear(topic, version);
            }
        });
    }

    /** The subscriptions; any thread. */
    public TopicTree tree() {
        return tree;
    }

    /** The retained messages; any thread. */
    public Retained retained() {
        return retained;
    }

    /** The topics seen since the start; any thread. */
    public TopicsSeen seen() {
        return seen;
    }

    /** Has the loop let go of some of the routes that hold for nothing any more; to be called every second, on the loop. */
    public void dropStale(Loop loop) {
        caches.get(loop.index()).dropStale();
    }

    /** The route of the topic in the first {@code length} bytes of {@code topic}, compiled for this loop. */
    public Route route(Loop loop, byte[] topic, int length) {
        Route route = caches.get(loop.index()).get(topic, length);
        route.refresh(tree, collectors.get(loop.index()), loop);
        return route;
    }

    /** Whether {@code route} leads to {@code topic}; when it does, it is compiled again if it must be. */
    public boolean isStill(Route route, Loop loop, byte[] topic, int length) {
        if (route.isForOnce() || !Arrays.equals(route.topic(), 0, route.topic().length, topic, 0, length)) {
            return false;
        }
        route.refresh(tree, collectors.get(loop.index()), loop);
        return true;
    }

    /** The loop's place for the message that it publishes; free unless a publish is under way on that loop. */
    public Inbound inbound(Loop loop) {
        return inbounds.get(loop.index());
    }

    /** Publishes a message that is kept already; while the store is exchanged, as soon as it is there again. */
    public boolean publish(Loop loop, Publication message) {
        if (loop.ledger().isAway()) {
            loop.ledger().whenThere(() -> publish(loop, message));
            return true;
        }
        Inbound inbound = inbound(loop, message);
        long receivers = inbound.route().kept().length;
        if (loop.ledger().takesUnasked(message.weight() + RECEIVER_BYTES * receivers)) {
            inbound.promised();
        }
        return publish(loop, inbound);
    }

    /** A place of its own for a message that is kept already. */
    public Inbound inbound(Loop loop, Publication message) {
        byte[] topic = message.topic();
        Route route = route(loop, topic, topic.length);
        // A publish may lead to another one (a will on a connection that fails): that one has a place of its own.
        return new Inbound(loop.clock()).of(message, route);
    }

    private static void handOver(Loop loop, Loop target, Inbound message, @Nullable Subscription[] receivers) {
        loop.handOver(target, message.keep(), receivers);
        if (target.isBehind()) {
            message.behind(target);
        }
        if (target.isCongested()) {
            for (Subscription subscription : receivers) {
                if (subscription != null && subscription.receiver().isCongested()) {
                    message.congested(subscription.receiver());
                }
            }
        }
    }

    /** The member of a shared subscription may be behind, like any receiver. */
    private static void holdFor(@Nullable Subscription member, Loop loop, Inbound message) {
        if (member != null) {
            Receiver receiver = member.receiver();
            if (receiver.home() != loop && receiver.home().isBehind()) {
                message.behind(receiver.home());
            }
            if (receiver.isCongested()) {
                message.congested(receiver);
            }
        }
    }

    /** Publishes; false when nobody has subscribed to it. */
    public boolean publish(Loop loop, Inbound message) {
        Route route = message.route();
        message.token(++sequences[loop.index()]);
        loop.counters().record(Measure.FAN_OUT, route.fanOut());
        ShareGroup.@Nullable Turn[] turns = turns(loop, route.groups(), message.source());
        Subscription[] local = route.local();
        @Nullable Subscription[] @Nullable [] remote = route.remote();
        if (loop.ledger().isOn()) {
            recorders.get(loop.index()).record(message, turns);
        } else if (message.retain()) {
            retained.set(message.keep());
        }
        if (message.retain()) {
            route.refresh(tree, collectors.get(loop.index()), loop);
        }
        for (Subscription subscription : local) {
            deliver(message, subscription);
        }
        if (remote != null) {
            for (int i = 0; i < remote.length; i++) {
                @Nullable Subscription[] there = remote[i];
                if (there != null) {
                    handOver(loop, loops.get(i), message, there);
                }
            }
        }
        for (ShareGroup.Turn turn : turns) {
            if (turn != null) {
                turn.deliverTo(loop, message.keep());
                holdFor(turn.first(), loop, message);
            }
        }
        toLatecomers(loop, message, remote);
        message.clear();
        return local.length > 0 || remote != null || turns.length > 0;
    }

    /** What one receiver fails by is neither the publisher's fault nor that of those who come after it. */
    private static void deliver(Inbound message, Subscription subscription) {
        try {
            subscription.receiver().deliver(message, subscription);
        } catch (RuntimeException | Error e) {
            Failure.report(e);
        }
    }

    /**
     * A subscription that was made elsewhere after the look at the route and before the change of the retained message may have
     * been given the one before: it gets this one by itself, as if it had been there. The record in the store does not name it.
     */
    @SuppressWarnings("ReferenceEquality") // the array is replaced when the route is compiled again
    private void toLatecomers(Loop loop, Inbound message, @Nullable Subscription @Nullable [] @Nullable [] before) {
        @Nullable Subscription[] @Nullable [] now = message.route().remote();
        if (now == before || now == null) {
            return;
        }
        for (int i = 0; i < now.length; i++) {
            List<Subscription> late = Latecomers.among(now[i], before == null ? null : before[i]);
            if (!late.isEmpty()) {
                Publication unrecorded = message.keep().storedAgain(0);
                loop.handOver(loops.get(i), unrecorded, late.toArray(Subscription[]::new));
            }
        }
    }

    /**
     * Gives what a member of a shared subscription has left, who is none any more, to another one; to nobody without any. When
     * this returns the store has been given the message for that one, if the store keeps its session.
     */
    public void passOn(Loop loop, Publication message, Subscription by) {
        byte[] topic = message.topic();
        ShareGroup @Nullable [] groups = route(loop, topic, topic.length).groups();
        if (groups == null) {
            return;
        }
        for (ShareGroup group : groups) {
            ShareGroup.Turn turn = group.isOf(by) ? group.turn(loop, message.source(), recorders) : null;
            if (turn != null) {
                turn.passOnTo(loop, message);
            }
        }
    }

    /** Whether the group of a shared subscription has members. Any thread. */
    public boolean hasMembers(Subscription of) {
        boolean[] found = new boolean[1];
        // The levels of the filter lead to it like those of a topic, whatever else they match.
        tree.match(of.path(), new TopicTree.Sink() {
            @Override
            public void subscription(Subscription subscription) {}

            @Override
            public void group(ShareGroup group) {
                found[0] |= group.isOf(of) && group.members().length > 0;
            }
        });
        return found[0];
    }

    private ShareGroup.@Nullable Turn[] turns(Loop loop, ShareGroup @Nullable [] groups, long source) {
        if (groups == null) {
            return NO_TURNS;
        }
        ShareGroup.@Nullable Turn[] turns = new ShareGroup.Turn[groups.length];
        for (int i = 0; i < groups.length; i++) {
            turns[i] = groups[i].turn(loop, source, recorders);
        }
        return turns;
    }
}
