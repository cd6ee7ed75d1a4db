// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import io.culex.core.loop.Delivered;
import io.culex.core.loop.Failure;
import io.culex.core.loop.Loop;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members of one shared subscription [MQTT-4.8.2]. Readers take an immutable snapshot; each loop has a cursor of its own,
 * so that loops do not contend for the turn.
 */
public final class ShareGroup {
    private static final Subscription[] NONE = {};

    private final String name;
    private final String path;
    private final int[] cursors;
    private volatile Subscription[] members = NONE;

    ShareGroup(String name, String path, int loops) {
        this.name = name;
        this.path = path;
        this.cursors = new int[loops];
    }

    /** The Share Name. */
    public String name() {
        return name;
    }

    /** The filter that is shared. */
    public String path() {
        return path;
    }

    /** Whether a subscription is one of it, or was. */
    boolean isOf(Subscription subscription) {
        return name.equals(subscription.share()) && path.equals(subscription.path());
    }

    /** The members now; must not be changed. Any thread. */
    public Subscription[] members() {
        return members;
    }

    /** Writer only. */
    void add(Subscription member) {
        Subscription[] grown = Arrays.copyOf(members, members.length + 1);
        grown[members.length] = member;
        members = grown;
    }

    /** Writer only. */
    void remove(Subscription member) {
        members = Arrays.stream(members).filter(m -> m != member).toArray(Subscription[]::new);
    }

    /** Writer only. */
    void replace(Subscription old, Subscription by) {
        members = Arrays.stream(members).map(m -> m == old ? by : m).toArray(Subscription[]::new);
    }

    /**
     * The way round the group of the next message, which is of that source, from the member whose turn it is; null without
     * members. On {@code loop}.
     *
     * @param recorders of the loops, by their index
     */
    @Nullable
    Turn turn(Loop loop, long source, List<Recorder> recorders) {
        Subscription[] now = members;
        if (now.length == 0) {
            return null;
        }
        return new Turn(now, Math.floorMod(cursors[loop.index()]++, now.length), source, recorders);
    }

    /**
     * One message's way round the group, members with a link before those without, past one that does not want its own: a
     * member that is gone passes it on, at most once round. The first member is chosen before anything is delivered, so that
     * the store can be told who it is.
     */
    static final class Turn implements Delivered {
        private final Subscription[] members;
        private final long source;
        private final List<Recorder> recorders;
        private int turn;
        private int left;
        private boolean onlineOnly = true;
        private final @Nullable Subscription first;
        private Publication message = Publication.NONE;

        Turn(Subscription[] members, int turn, long source, List<Recorder> recorders) {
            this.members = members;
            this.source = source;
            this.recorders = recorders;
            this.turn = turn;
            this.left = members.length;
            this.first = next();
        }

        /** Whom it goes to unless that one is gone. */
        @Nullable
        Subscription first() {
            return first;
        }

        /** The record of a message that is being published names the first member. */
        void deliverTo(Loop loop, Publication publication) {
            message = publication;
            deliver(loop, first);
        }

        /** A message that was another member's. */
        void passOnTo(Loop loop, Publication publication) {
            message = recorders.get(loop.index()).passedOn(publication, first);
            deliver(loop, first);
        }

        private void deliver(Loop loop, @Nullable Subscription to) {
            Subscription member = to;
            while (member != null) {
                Receiver receiver = member.receiver();
                if (receiver.home() != loop) {
                    loop.handOver(receiver.home(), this, member);
                    return;
                }
                if (isTaken(receiver, member)) {
                    return;
                }
                if (loop.ledger().isAway()) {
                    Subscription gone = member;
                    loop.ledger().whenThere(() -> deliver(loop, passedOnBy(gone, loop)));
                    return;
                }
                member = passedOnBy(member, loop);
            }
        }

        /** What the member fails by is not the publisher's fault, nor that of other groups. */
        private boolean isTaken(Receiver receiver, Subscription member) {
            try {
                return receiver.deliver(message, member);
            } catch (RuntimeException | Error e) {
                Failure.report(e);
                return true;
            }
        }

        /** The next one has a record of its own before that of the one that is gone ends: a crash in between loses nothing. */
        private @Nullable Subscription passedOnBy(Subscription gone, Loop loop) {
            Publication before = message;
            Subscription next = next();
            message = recorders.get(loop.index()).passedOn(before, next);
            gone.receiver().forgo(before, gone);
            return next;
        }

        @Override
        public int weight() {
            return message.weight();
        }

        @Override
        public void deliver(Object receiver) {
            Subscription member = (Subscription) receiver;
            deliver(member.receiver().home(), member);
        }

        private @Nullable Subscription next() {
            while (left > 0) {
                Subscription member = members[turn];
                turn = turn + 1 == members.length ? 0 : turn + 1;
                left--;
                if (!member.leavesOut(source)
                        && (!onlineOnly || member.receiver().isOnline())) {
                    return member;
                }
            }
            if (onlineOnly) {
                onlineOnly = false;
                left = members.length;
                return next();
            }
            return null;
        }
    }
}
