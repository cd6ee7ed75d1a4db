// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.auth.Access;
import io.culex.api.auth.Subject;
import io.culex.api.message.ReasonCode;
import io.culex.core.plugin.Current;
import io.culex.core.plugin.Gate;
import io.culex.core.plugin.PermissionCache;
import io.culex.core.plugin.Snapshot;
import io.culex.core.route.Subscription;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What one session may do, as of a gate of its listener. Whoever decides takes the gate once and asks that one for everything, so
 * that a gate that shuts or opens meanwhile never makes half an answer. On the session's loop.
 */
final class Rights {
    private final Current current;
    private final int mountLength;
    private final int mountBytes;
    private final PermissionCache permissions = new PermissionCache();
    private @Nullable Subject subject;
    private volatile Standing standing = Standing.CLIENT;
    private @Nullable Snapshot snapshot;
    private @Nullable Gate gate;
    private boolean held;
    private boolean ended;
    private @Nullable Gate reviewed;
    private long reviewedChanges;

    Rights(Current current, String mountPoint) {
        this.current = current;
        this.mountLength = mountPoint.length();
        this.mountBytes = mountPoint.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Whether nothing is left of a topic below the mount point: {@code a/#} matches {@code a} too, which has no name there. */
    boolean isOutside(byte[] topic) {
        return topic.length <= mountBytes;
    }

    /** The same, or the topic, as the client knows it, begins with $ and the filter with a wildcard [MQTT-4.7.2-1]. */
    boolean isOutside(byte[] topic, Subscription by) {
        return topic.length <= mountBytes
                || (mountBytes > 0
                        && topic[mountBytes] == '$'
                        && isWildcard(by.path().charAt(mountLength)));
    }

    private static boolean isWildcard(char first) {
        return first == '#' || first == '+';
    }

    void are(Subject newSubject, Standing newStanding) {
        // Who comes next may be another user: what the one before was allowed says nothing about this one.
        permissions.forget();
        subject = newSubject;
        reviewed = null;
        standing = newStanding;
        snapshot = null;
    }

    /** Who is away asks for little, but may stay away for long: what it was told is asked again rather than kept. */
    void linkLost() {
        permissions.forget();
    }

    boolean isSettled() {
        return subject != null;
    }

    Subject subject() {
        Subject now = subject;
        if (now == null) {
            throw new IllegalStateException("session without a link yet");
        }
        return now;
    }

    Standing standing() {
        return standing;
    }

    /** The gate now, looked up once per snapshot. */
    @SuppressWarnings("ReferenceEquality") // a snapshot is another one even when it says the same
    Gate gate() {
        Snapshot now = current.get();
        Gate known = gate;
        if (known == null || snapshot != now) {
            known = now.scope(subject().peer().listener()).gate();
            if (!ended) {
                snapshot = now;
                gate = known;
            }
        }
        return known;
    }

    /** The session is over: whoever still refers to it must not hold a plugin by that. */
    void end() {
        ended = true;
        snapshot = null;
        gate = null;
        reviewed = null;
        permissions.forget();
    }

    /** Whether messages must wait because the gate does not decide what may be received. */
    boolean mustWait(Gate by) {
        boolean waits = standing == Standing.CLIENT && !by.decides();
        held |= waits;
        return waits;
    }

    /** Something waits for a gate, if not for this session's own. */
    void hold() {
        held = true;
    }

    /** Whether a plugin is missing, and is waited for: not for long. */
    boolean isWaiting(Gate by) {
        return standing == Standing.CLIENT && by.state() == Gate.State.WAITING;
    }

    /** Whether a permission cannot be decided yet, for however long. */
    boolean isUndecided(Gate by) {
        return standing == Standing.CLIENT && by.isUndecided();
    }

    /** Whether something has had to wait since {@link #lookAgain}. */
    boolean isHeld() {
        return held;
    }

    /**
     * Lets go of every gate but the one that holds now. That gate when it decides and may answer otherwise than at the last
     * review, else null.
     */
    @SuppressWarnings("ReferenceEquality") // a gate is another one even when it says the same
    @Nullable
    Gate review() {
        Gate now = gate();
        permissions.keepOnly(now);
        Gate before = reviewed;
        reviewed = now.decides() ? now : null;
        long changes = standing == Standing.CLIENT ? now.changes() : 0;
        boolean isSame = before == now && reviewedChanges == changes;
        reviewedChanges = changes;
        return isSame || standing != Standing.CLIENT ? null : reviewed;
    }

    void lookAgain() {
        held = false;
    }

    /** Whether there is anyone who must be asked; false: everything is allowed. */
    boolean areAsked(Gate by) {
        return standing == Standing.CLIENT && by.authorizes();
    }

    /** Why a gate does not allow an access; null when it does. */
    @Nullable
    ReasonCode refusal(Access access, String topic, Gate by) {
        if (permit(access, topic, by)) {
            return null;
        }
        if (!by.decides() || leavesOpen(access, topic, by)) {
            return ReasonCode.SERVER_UNAVAILABLE;
        }
        // Who can decide now may not have been able to when it was asked.
        return permit(access, topic, by) ? null : ReasonCode.NOT_AUTHORIZED;
    }

    /** Whether a message of the topic may be received, and if that can be said now. */
    Reading reading(String topic, Gate by) {
        if (mustWait(by)) {
            return Reading.LATER;
        }
        if (permit(Access.READ, topic, by)) {
            return Reading.MAY;
        }
        if (leavesOpen(Access.READ, topic, by)) {
            held = true;
            return Reading.LATER;
        }
        return Reading.NEVER;
    }

    /** Whether an access that is denied may be allowed when a plugin has what it decides by. */
    boolean leavesOpen(Access access, String topic, Gate by) {
        return standing == Standing.CLIENT && by.leavesOpen(access, subject(), topic.substring(mountLength));
    }

    /** Whether a gate allows an access; {@code topic} with the mount point. False when it is not open. */
    boolean permit(Access access, String topic, Gate by) {
        if (standing != Standing.CLIENT) {
            return true;
        }
        if (!by.authorizes()) {
            return by.isOpen();
        }
        return by.isOpen() && permissions.allows(by, access, subject(), topic.substring(mountLength));
    }
}
