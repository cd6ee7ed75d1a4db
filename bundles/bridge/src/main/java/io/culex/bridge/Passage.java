// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.api.local.RelaySession;
import io.culex.api.log.LogType;
import io.culex.bridge.link.Circumstances;
import io.culex.bridge.link.Peer;
import io.culex.bridge.link.RemoteLink;
import io.culex.bridge.loop.Clockwork;
import io.culex.bridge.settings.Address;
import io.culex.bridge.settings.BridgeSettings;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One connection of a bridge together with its session here, which is open as long as that is. On the bridge's loop. */
final class Passage implements RemoteLink.Watch {
    private static final int MOST_INFLIGHT = RelaySession.FREE_IDENTIFIERS - 1;

    private final Surroundings around;
    private final Circumstances given;
    private final LocalSide local;
    private final Address address;
    private final Owner owner;
    private final RemoteLink link;
    private @Nullable RelaySession session;
    private long connectedAt = -1;
    private boolean over;
    private boolean astray;

    /** Whose it is. */
    interface Owner {
        /** Messages go both ways. */
        void connected(Peer peer);

        /** It is over; not called after {@link Passage#goodbye}. */
        void lost(Passage passage, String reason);
    }

    Passage(Surroundings around, Circumstances given, LocalSide local, Address address, Owner owner) {
        this.around = around;
        this.given = given;
        this.local = local;
        this.address = address;
        this.owner = owner;
        this.link = new RemoteLink(given, this);
    }

    private BridgeSettings settings() {
        return given.settings();
    }

    private Clockwork clockwork() {
        return given.clockwork();
    }

    Address address() {
        return address;
    }

    /** How long messages have gone both ways, in milliseconds; -1: they never did. */
    long lasted() {
        return connectedAt < 0 ? -1 : clockwork().millis() - connectedAt;
    }

    void open() {
        around.dial()
                .dial(Dialling.request(settings(), address), clockwork(), link)
                .whenComplete((channel, failure) -> {
                    if (failure != null) {
                        clockwork().run(() -> link.end(Dialling.reason(failure)));
                    }
                });
    }

    void tick() {
        link.tick();
        RelaySession open = session;
        if (open != null) {
            given.traffic().tally().report(open);
        }
    }

    @Override
    public void accepted(Peer peer) {
        link.subscribe();
        local.open(link.receiver(), window(peer)).whenComplete((opened, failure) -> {
            if (failure != null) {
                clockwork().run(() -> link.end("the session here is refused: " + failure.getMessage()));
            } else {
                opened.run(() -> meet(peer, opened));
            }
        });
    }

    /** On the session's loop, which is another one when somebody has made it anew since the bridge was prepared. */
    private void meet(Peer peer, RelaySession opened) {
        boolean together = clockwork().isHere();
        clockwork().run(() -> {
            if (together) {
                opened(peer, opened);
            } else {
                astray = true;
                // First: what the session says when it is closed is said on its own loop.
                link.end("its session is on another event loop");
                opened.close();
            }
        });
    }

    /** Whether it has ended because the session is on another loop than the bridge. */
    boolean isAstray() {
        return astray;
    }

    private int window(Peer peer) {
        int inflight = given.broker().limits().maxInflightMessages();
        int wanted = peer.receiveMaximum() > 0 ? taken(peer) : inflight == 0 ? MOST_INFLIGHT : inflight;
        return Math.min(wanted, MOST_INFLIGHT);
    }

    /** What the other broker takes at a time; the word that the connection is there has a place of its own [MQTT-3.3.4-7]. */
    private int taken(Peer peer) {
        return settings().notices().toRemote() ? Math.max(1, peer.receiveMaximum() - 1) : peer.receiveMaximum();
    }

    private void opened(Peer peer, RelaySession opened) {
        if (over) {
            opened.close();
            return;
        }
        session = opened;
        boolean known = isKnown(peer);
        // After a start nobody knows at which of several addresses the bridge has been.
        boolean perhapsMoved = given.place().isFirst() && settings().addresses().size() > 1;
        boolean moved = given.place().meets(known);
        if (moved || !known) {
            // What waits to be released may be no message of this broker; its place knows what is.
            opened.forgetUnreleased();
        } else if (perhapsMoved) {
            given.place().holdsPerhapsAnothers();
        }
        boolean anew = moved || perhapsMoved || (!known && !settings().remote().cleanStart());
        boolean everything = anew || settings().local().resendRetained();
        local.subscribe(opened, anew)
                .whenComplete((fresh, failure) -> clockwork().run(() -> {
                    if (failure != null) {
                        link.end("the subscriptions here are refused: " + failure.getMessage());
                    } else if (!over) {
                        flow(peer, opened, everything ? filters() : fresh);
                    }
                }));
    }

    private boolean isKnown(Peer peer) {
        // MQTT 3.1 cannot say whether it knows the session; it is taken for known.
        return peer.sessionPresent()
                || (peer.version().level() == 3 && !settings().remote().cleanStart());
    }

    private Set<String> filters() {
        return new HashSet<>(settings().topics().subscriptions().keySet());
    }

    private void flow(Peer peer, RelaySession opened, Set<String> fresh) {
        connectedAt = clockwork().millis();
        around.log().log(
                LogType.NOTICE,
                "Bridge %s connected to %s (p%d, session %s)."
                        .formatted(
                                settings().name(),
                                address,
                                peer.version().level(),
                                peer.sessionPresent() ? "present" : "new"));
        owner.connected(peer);
        local.notice(opened, "1");
        local.sendRetained(opened, fresh);
        // Where no QoS 2 is taken, no Packet Identifier is held.
        link.begin(opened, isKnown(peer) && peer.maxQos() == 2 && local.owesRelease(given.place()));
    }

    @Override
    public void ended(String reason) {
        over = true;
        closeHere();
        owner.lost(this, reason);
    }

    private void closeHere() {
        RelaySession open = session;
        session = null;
        if (open != null) {
            local.notice(open, "0");
            given.traffic().tally().report(open);
            open.close();
        }
    }

    /** Ends it without an error; the owner hears nothing of it. */
    void goodbye() {
        over = true;
        link.goodbye();
        closeHere();
    }
}
