// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.api.local.Backlog;
import io.culex.api.log.LogType;
import io.culex.bridge.link.Circumstances;
import io.culex.bridge.link.Hops;
import io.culex.bridge.link.Offer;
import io.culex.bridge.link.Peer;
import io.culex.bridge.link.Traffic;
import io.culex.bridge.loop.Clockwork;
import io.culex.bridge.settings.Address;
import io.culex.bridge.settings.BridgeSettings;
import io.culex.bridge.settings.Start;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One bridge: when it connects and where to, and what follows when that ends (SPEC F). It has one connection at most, also
 * across a change of its settings. Everything runs on the loop of its session here, which may change ({@link Home}).
 */
final class Bridge implements Passage.Owner {
    private static final long TICK_MILLIS = 1000;

    private final Surroundings around;
    private final Traffic traffic = new Traffic();
    private final Home home = new Home();
    private final Primary primary;
    private volatile BridgeSettings settings;
    private volatile Status status = Status.NEW;
    private Offer offer;
    private LocalSide local;
    private Addresses addresses;
    private Waits waits;
    private @Nullable BridgeSettings next;
    private @Nullable Passage passage;
    private Clockwork.@Nullable Alarm alarm;
    private long notBefore;
    private boolean astray;
    private boolean ended;

    Bridge(BridgeSettings settings, Surroundings around) {
        this.around = around;
        this.settings = settings;
        this.offer = new Offer(settings);
        this.local = new LocalSide(around.sessions(), settings);
        this.addresses = new Addresses(settings.addresses());
        this.waits = new Waits(settings.start().backoff(), around.random());
        this.primary = new Primary(around, () -> home.run(this::backToPrimary));
    }

    BridgeSettings settings() {
        return settings;
    }

    Status status() {
        return status;
    }

    Traffic traffic() {
        return traffic;
    }

    /** Begins; any thread, once. */
    void begin() {
        Warnings.say(settings, around.log());
        prepare();
        home.run(this::tick);
    }

    /** The session here is made ready; then, on its loop, it goes on. */
    private void prepare() {
        LocalSide mine = local;
        mine.prepare(failure -> {
            if (failure != null) {
                log(LogType.ERROR, Sentences.withoutSession(settings, mine.clientId(), failure));
                home.fail(failure);
                return;
            }
            Clockwork there = home.here(around.here());
            home.run(() -> {
                if (isStarting()) {
                    home.moveTo(there);
                    home.run(this::goOn);
                }
            });
        });
    }

    private boolean isStarting() {
        return state() == State.STARTING && !ended;
    }

    private void goOn() {
        if (!isStarting()) {
            return;
        }
        if (settings.start().type() == Start.Type.LAZY) {
            become(State.IDLE);
        } else {
            connect();
        }
    }

    private State state() {
        return status.state();
    }

    private void become(State state) {
        status = status.with(state, addresses.current());
    }

    private void connect() {
        stopWaiting();
        if (next != null || astray) {
            // With a session that is ready before the other broker is asked: what is published meanwhile waits there.
            restart();
            return;
        }
        Address address = addresses.current();
        become(State.CONNECTING);
        log(LogType.NOTICE, "Connecting bridge " + settings.name() + " (" + address + ")");
        Hops hops = new Hops(around.id().get(), settings.wire().hopLimit());
        Circumstances given = new Circumstances(
                offer, hops, around.broker().get(), traffic, local.at(address), home.clockwork(), around.log());
        Passage made = new Passage(around, given, local, address, this);
        passage = made;
        made.open();
    }

    @Override
    public void connected(Peer peer) {
        become(State.CONNECTED);
        status = status.connected(peer);
    }

    @Override
    public void lost(Passage lost, String reason) {
        if (passage != lost) {
            return;
        }
        passage = null;
        astray = lost.isAstray();
        if (lost.lasted() >= 0) {
            waits.lasted(lost.lasted());
            log(LogType.NOTICE, Sentences.disconnected(settings, lost.address(), reason));
        } else {
            log(LogType.WARNING, Sentences.unreachable(settings, lost.address(), reason));
        }
        status = status.failed(reason);
        again();
    }

    private void again() {
        if (!astray) {
            addresses.advance();
        }
        // Settings that came meanwhile are still to be tried, also where the old ones would rest; so is another loop.
        switch (next == null && !astray ? settings.start().type() : Start.Type.AUTOMATIC) {
            case ONCE -> become(State.STOPPED);
            case LAZY -> {
                notBefore = home.clockwork().millis() + waits.next();
                become(State.IDLE);
            }
            case AUTOMATIC -> {
                long millis = waits.next();
                log(LogType.INFORMATION, "Bridge " + settings.name() + " next backoff will be " + millis + " ms");
                become(State.WAITING);
                alarm = home.clockwork().after(millis, this::connect);
            }
        }
    }

    /** Ends the connection without an error. */
    private void goodbye() {
        stopWaiting();
        Passage now = passage;
        passage = null;
        if (now != null) {
            now.goodbye();
        }
    }

    private void stopWaiting() {
        Clockwork.Alarm waiting = alarm;
        if (waiting != null) {
            alarm = null;
            waiting.cancel();
        }
    }

    private void tick() {
        if (ended) {
            return;
        }
        home.clockwork().after(TICK_MILLIS, () -> home.run(this::tick));
        Passage now = passage;
        if (now != null) {
            now.tick();
        }
        if (state() == State.CONNECTED
                && !addresses.isPrimary()
                && !settings.start().roundRobin()) {
            primary.look(settings, home.clockwork());
        }
        local.backlog().thenAccept(backlog -> home.run(() -> look(backlog)));
    }

    private void look(Backlog backlog) {
        status = status.with(backlog);
        if (settings.start().type() != Start.Type.LAZY) {
            return;
        }
        long now = home.clockwork().millis();
        boolean many =
                backlog.messages() + backlog.inflight() >= settings.start().threshold();
        if (state() == State.IDLE && many && now >= notBefore) {
            connect();
        } else if (state() == State.CONNECTED
                && now - traffic.lastMillis() >= settings.start().idleSeconds() * 1000L) {
            rest();
        }
    }

    private void rest() {
        log(LogType.NOTICE, Sentences.idle(local.clientId()));
        if (next == null) {
            goodbye();
            become(State.IDLE);
        } else {
            restart();
        }
    }

    private void backToPrimary() {
        if (state() == State.CONNECTED && !addresses.isPrimary()) {
            log(
                    LogType.NOTICE,
                    "Bridge " + settings.name() + " goes back to its primary address " + addresses.primary() + ".");
            goodbye();
            addresses.backToPrimary();
            connect();
        }
    }

    /** Other settings, of the same name; any thread. They count at the next connection, or at once when that is asked for. */
    void change(BridgeSettings changed) {
        home.run(() -> {
            next = changed;
            boolean stays = state() == State.CONNECTED && !changed.start().reloadsAtOnce();
            if (!stays && !ended && state() != State.PAUSED) {
                restart();
            }
        });
    }

    private void restart() {
        goodbye();
        adopt();
        astray = false;
        become(State.STARTING);
        prepare();
    }

    /** Takes the settings that came last. */
    private void adopt() {
        BridgeSettings changed = next;
        if (changed == null) {
            return;
        }
        next = null;
        String before = local.clientId();
        settings = changed;
        offer = new Offer(changed);
        local = local.by(changed);
        addresses = new Addresses(changed.addresses());
        waits = new Waits(changed.start().backoff(), around.random());
        Warnings.say(changed, around.log());
        if (!before.equals(local.clientId())) {
            LocalSide.forget(around.sessions(), before);
        }
    }

    /** Ends the connection until {@link #resume}; messages wait meanwhile. Any thread. */
    void pause() {
        home.run(() -> {
            goodbye();
            become(State.PAUSED);
        });
    }

    /** Connects again; any thread. */
    void resume() {
        home.run(() -> {
            if (!ended && (state() == State.PAUSED || state() == State.STOPPED)) {
                restart();
            }
        });
    }

    /**
     * Ends the bridge; any thread. Completes when it says nothing more.
     *
     * @param forget whether its session goes too, with everything that waits in it
     */
    CompletionStage<?> stop(boolean forget) {
        CompletionStage<Void> stopped = home.last(this::end);
        return forget ? stopped.thenCompose(done -> LocalSide.forget(around.sessions(), local.clientId())) : stopped;
    }

    private void end() {
        ended = true;
        goodbye();
        become(State.STOPPED);
    }

    private void log(LogType type, String line) {
        around.log().log(type, line);
    }
}
