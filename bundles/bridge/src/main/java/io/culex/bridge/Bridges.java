// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.api.config.BrokerSettings;
import io.culex.api.config.Generation;
import io.culex.api.config.GenerationParticipant;
import io.culex.api.local.LocalSessions;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.log.SwitchableLog;
import io.culex.bridge.loop.Clockwork;
import io.culex.bridge.loop.LoopClockwork;
import io.culex.transport.Dialer;
import io.culex.transport.EventLoops;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The bridges that run: those of the generation in force, and those made by hand. A bridge whose settings change is told; one
 * that is removed ends with its session before a new one begins, so that no two ever have the same Client Identifier. Any
 * thread.
 */
@Component(
        service = {GenerationParticipant.class, Bridges.class},
        immediate = true,
        property = "culex.participant=bridge")
public final class Bridges implements GenerationParticipant {
    private static final int ORDER = 50;
    private static final long STOP_SECONDS = 5;
    private static final long SWEEP_SECONDS = 30;

    private final SwitchableLog log = new SwitchableLog();
    private final LocalSessions sessions;
    private final Surroundings around;
    private final EventLoops loops;
    private final Set<BridgePlan> plans = new HashSet<>();
    private final Map<String, Running> running = new LinkedHashMap<>();
    private volatile @Nullable Generation generation;
    private boolean swept;
    private boolean closed;

    /** A bridge and whose settings it has. */
    private record Running(Bridge bridge, BridgePlan plan) {}

    /** Without a bridge yet. */
    @Activate
    public Bridges(@Reference LocalSessions sessions, @Reference Dialer dialer, @Reference EventLoops loops) {
        this.sessions = sessions;
        this.loops = loops;
        this.around = new Surroundings(
                sessions,
                (request, clockwork, handler) -> dialer.dial(request, ((LoopClockwork) clockwork).loop(), handler),
                this::here,
                this::brokerSettings,
                this::id,
                log,
                ThreadLocalRandom.current());
    }

    private Clockwork here() {
        for (EventLoop loop : loops.loops()) {
            if (loop.inEventLoop()) {
                return new LoopClockwork(loop);
            }
        }
        throw new IllegalStateException("not on an event loop");
    }

    private BrokerSettings brokerSettings() {
        Generation now = generation;
        return now == null ? BrokerSettings.DEFAULTS : now.broker();
    }

    private String id() {
        Generation now = generation;
        return now == null ? "" : now.brokerId();
    }

    /** Where lines go. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void addLog(BrokerLog service) {
        log.use(service);
    }

    /** The log is gone. */
    public void removeLog(BrokerLog service) {
        log.drop(service);
    }

    /** There are settings of a bridge; it begins when the generation in force names them. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void addPlan(BridgePlan plan) {
        List<Runnable> due;
        synchronized (this) {
            plans.add(plan);
            due = plan.isByHand() || generation != null ? settle(false) : List.of();
        }
        due.forEach(Runnable::run);
    }

    /** The settings are gone: what runs by them ends, and what waits stays for whoever has the name next. */
    public void removePlan(BridgePlan plan) {
        List<Runnable> due = new ArrayList<>();
        synchronized (this) {
            plans.remove(plan);
            running.values().removeIf(each -> {
                boolean ends = each.plan() == plan;
                if (ends) {
                    due.add(() -> await(List.of(each.bridge().stop(false))));
                }
                return ends;
            });
        }
        due.forEach(Runnable::run);
    }

    /** After the broker's state, before its doors: what clients publish waits for the bridges from the first message on. */
    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public void prepare(Generation next) {
        // The settings were read and checked when their components were made.
    }

    @Override
    public void commit(Generation next) {
        List<Runnable> due;
        synchronized (this) {
            generation = next;
            due = settle(true);
            if (!swept) {
                swept = true;
                loops.group().schedule(this::sweep, SWEEP_SECONDS, TimeUnit.SECONDS);
            }
        }
        due.forEach(Runnable::run);
    }

    @Override
    public void abort(Generation next) {
        // Nothing was begun.
    }

    /** What is to be done so that the right bridges run; done without the lock. */
    private List<Runnable> settle(boolean forgets) {
        Generation now = generation;
        Map<String, BridgePlan> wanted = new LinkedHashMap<>();
        for (BridgePlan plan : plans) {
            if (now != null && plan.isIn(now)) {
                wanted.merge(plan.settings().name(), plan, (one, other) -> one.isByHand() ? other : one);
            }
        }
        List<Runnable> due = new ArrayList<>();
        List<CompletionStage<?>> stopping = new ArrayList<>();
        running.values().removeIf(each -> {
            BridgePlan next = wanted.get(each.plan().settings().name());
            if (next == null) {
                log.log(LogType.NOTICE, "Bridge " + each.plan().settings().name() + " is removed.");
                stopping.add(each.bridge().stop(forgets));
            } else if (!hasSession(each.plan(), next)) {
                stopping.add(each.bridge().stop(true));
                return true;
            }
            return next == null;
        });
        due.add(() -> await(stopping));
        wanted.forEach((name, plan) -> {
            Running before = running.get(name);
            if (before == null) {
                Bridge made = new Bridge(plan.settings(), around);
                running.put(name, new Running(made, plan));
                due.add(() -> begin(made, plan));
            } else if (before.plan() != plan) {
                running.put(name, new Running(before.bridge(), plan));
                due.add(() -> before.bridge().change(plan.settings()));
            }
        });
        return due;
    }

    /** A bridge lives on the loop of its session here: one with another session is another bridge. */
    private static boolean hasSession(BridgePlan one, BridgePlan other) {
        return one.settings().local().clientId().equals(other.settings().local().clientId());
    }

    private void begin(Bridge bridge, BridgePlan plan) {
        if (!plan.withoutEffect().isEmpty()) {
            log.log(
                    LogType.WARNING,
                    "Warning: Bridge " + plan.settings().name() + " has no TLS, so these have no effect: "
                            + String.join(", ", plan.withoutEffect()) + ".");
        }
        bridge.begin();
    }

    private void await(Collection<CompletionStage<?>> stages) {
        try {
            CompletableFuture.allOf(stages.stream()
                            .map(CompletionStage::toCompletableFuture)
                            .toArray(CompletableFuture[]::new))
                    .get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // It is told to end; that it takes long, or fails to say goodbye, holds up nobody.
            log.log(LogType.WARNING, "Warning: A bridge has not said goodbye: " + e);
        }
    }

    /** Ends the sessions that bridges of an earlier start have left, and that no bridge has any more. */
    private void sweep() {
        // Looked at first: the session of a bridge that begins meanwhile is then one in use.
        List<String> there = sessions.ofBridges();
        Set<String> used = new HashSet<>();
        synchronized (this) {
            if (closed) {
                return;
            }
            running.values()
                    .forEach(each -> used.add(each.bridge().settings().local().clientId()));
        }
        for (String left : there) {
            if (!used.contains(left)) {
                log.log(LogType.NOTICE, "Session " + left + " of a bridge that is not configured any more is ended.");
                LocalSide.forget(sessions, left);
            }
        }
    }

    /** The bridges, by name. */
    synchronized Map<String, Bridge> all() {
        Map<String, Bridge> all = new LinkedHashMap<>();
        running.forEach((name, each) -> all.put(name, each.bridge()));
        return all;
    }

    /** Says goodbye; what waits stays in the sessions. Waits, bounded. */
    @Deactivate
    public void close() {
        List<CompletionStage<?>> stopping = new ArrayList<>();
        synchronized (this) {
            closed = true;
            running.values().forEach(each -> stopping.add(each.bridge().stop(false)));
            running.clear();
        }
        await(stopping);
    }
}
