// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import io.culex.core.loop.Delivered;
import io.culex.core.loop.Loop;
import java.util.Arrays;
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

    /** Delivers to the member whose turn it is, one with a link before one without. On {@code loop}. */
    void publish(Loop loop, Publication message) {
        Subscription[] now = members;
        if (now.length > 0) {
            int turn = Math.floorMod(cursors[loop.index()]++, now.length);
            new Turn(now, turn).deliverTo(loop, message);
        }
    }

    /** One message's way round the group: a member that is gone passes it on, at most once round. */
    private static final class Turn implements Delivered {
        private final Subscription[] members;
        private int turn;
        private int left;
        private boolean onlineOnly = true;
        private Publication message = Publication.NONE;

        Turn(Subscription[] members, int turn) {
            this.members = members;
            this.turn = turn;
            this.left = members.length;
        }

        void deliverTo(Loop loop, Publication publication) {
            message = publication;
            for (Subscription member = next(); member != null; member = next()) {
                Loop home = member.receiver().home();
                if (home != loop) {
                    loop.handOver(home, this, member);
                    return;
                }
                if (member.receiver().deliver(publication, member)) {
                    return;
                }
            }
        }

        @Override
        public void deliver(Object receiver) {
            Subscription member = (Subscription) receiver;
            if (!member.receiver().deliver(message, member)) {
                deliverTo(member.receiver().home(), message);
            }
        }

        private @Nullable Subscription next() {
            while (left > 0) {
                Subscription member = members[turn];
                turn = turn + 1 == members.length ? 0 : turn + 1;
                left--;
                if (!onlineOnly || member.receiver().isOnline()) {
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
