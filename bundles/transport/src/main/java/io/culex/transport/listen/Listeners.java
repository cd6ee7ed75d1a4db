// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.listen;

import io.culex.api.config.Generation;
import io.culex.api.config.GenerationParticipant;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.ListenerSettings;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.log.SwitchableLog;
import io.culex.transport.Doors;
import io.culex.transport.Endpoint;
import io.culex.transport.EventLoops;
import io.culex.transport.Listener;
import io.culex.transport.PipelineStage;
import io.culex.transport.socket.Sockets;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The listeners of the generation that runs. Its lock is held while sockets are bound and stages load their files; no event
 * loop waits for it. Immediate, because its sockets must stay when those who use its services come and go.
 */
@Component(
        service = {GenerationParticipant.class, Doors.class},
        property = "culex.participant=transport",
        immediate = true)
public final class Listeners implements GenerationParticipant, Doors {
    private static final int ORDER = 100;
    private static final Executor IN_A_MOMENT = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private final Whiteboard whiteboard = new Whiteboard();
    private final Tally tally = new Tally();
    private final SwitchableLog log = new SwitchableLog();
    private final Acceptor.House house;
    private volatile List<Door> doors = List.of();
    private @Nullable Plan pending;
    private boolean stopped;

    /** Why listeners rest that a stage refuses, by their names. */
    private final Map<String, String> refusals = new HashMap<>();

    private boolean looksAgain;

    /** What a prepared generation will do: the doors it has, with their rules. */
    private record Plan(Map<Door, Rules> next, List<Door> fresh) {
        void undo() {
            fresh.forEach(Door::closeSockets);
        }
    }

    /** Starts without any listener. */
    @Activate
    public Listeners(@Reference EventLoops loops) {
        this.house = new Acceptor.House(loops.group(), Sockets.of(loops), tally, log);
    }

    /** The log is there. */
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

    /** A protocol is there. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void addEndpoint(Endpoint endpoint) {
        whiteboard.add(endpoint);
        renewRules();
    }

    /** A protocol goes: its listeners rest until it is back. */
    public void removeEndpoint(Endpoint endpoint) {
        whiteboard.remove(endpoint);
        renewRules();
    }

    /** A stage is there. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void addStage(PipelineStage stage) {
        whiteboard.add(stage);
        renewRules();
    }

    /** A stage goes: listeners that need it rest until it is back. */
    public void removeStage(PipelineStage stage) {
        whiteboard.remove(stage);
        renewRules();
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public synchronized void prepare(Generation generation) throws GenerationRefusedException {
        if (stopped) {
            throw new GenerationRefusedException(
                    GenerationRefusedException.Kind.SYSTEM, "Error: The broker is stopping.");
        }
        Binder binder = new Binder(house, openTcpSockets());
        Plan plan = new Plan(new LinkedHashMap<>(), new ArrayList<>());
        List<InetSocketAddress> kept = new ArrayList<>();
        for (ListenerSettings settings : generation.listeners()) {
            Rules rules = whiteboard.require(settings);
            Optional<Door> open =
                    doors.stream().filter(door -> door.serves(settings)).findFirst();
            Door door = open.orElseGet(() -> new Door(rules));
            if (plan.next.put(door, rules) != null) {
                throw Binder.inUse();
            }
            if (open.isPresent()) {
                kept.addAll(tcpAddresses(door));
            } else {
                plan.fresh.add(door);
                binder.want(door);
            }
        }
        try {
            binder.bind(kept);
        } catch (GenerationRefusedException | RuntimeException | Error e) {
            plan.undo();
            throw e;
        }
        pending = plan;
    }

    @Override
    public synchronized void commit(Generation generation) {
        Plan plan = pending;
        if (plan == null) {
            throw new IllegalStateException("Generation " + generation.number() + " was not prepared");
        }
        pending = null;
        refusals.clear();
        tally.limit(generation.broker().limits().globalMaxConnections());
        plan.next.forEach((door, rules) -> door.rules(renewed(rules)));
        List<Door> gone =
                doors.stream().filter(door -> !plan.next.containsKey(door)).toList();
        doors = List.copyOf(plan.next.keySet());
        gone.forEach(Door::remove);
        plan.fresh.forEach(Door::open);
    }

    @Override
    public synchronized void abort(Generation generation) {
        Plan plan = pending;
        if (plan != null) {
            pending = null;
            plan.undo();
        }
    }

    @Override
    public List<Listener> listeners() {
        return List.copyOf(doors);
    }

    @Override
    @Deactivate
    public synchronized void closeAll() {
        stopped = true;
        if (pending != null) {
            pending.undo();
            pending = null;
        }
        doors.forEach(Door::closeSockets);
    }

    @Override
    public void sendAway() {
        doors.forEach(Door::sendAway);
    }

    @Override
    public int openConnections() {
        return tally.open();
    }

    @Override
    public long acceptedConnections() {
        return tally.accepted();
    }

    @Override
    public long refusedConnections() {
        return tally.refused();
    }

    private synchronized void renewRules() {
        if (stopped) {
            // Services go with the broker: nothing is to be loaded for doors that are closed for good.
            return;
        }
        for (Door door : doors) {
            Rules renewed = renewed(door.rules());
            if (!renewed.equals(door.rules())) {
                door.rules(renewed);
            }
        }
    }

    /** The rules with the services there are now; closed ones as long as a stage refuses: files that are being renewed fit later. */
    private Rules renewed(Rules rules) {
        String name = rules.settings().name();
        try {
            Rules renewed = whiteboard.renew(rules);
            refusals.remove(name);
            return renewed;
        } catch (GenerationRefusedException | RuntimeException | Error e) {
            String reason = e instanceof GenerationRefusedException
                    ? String.valueOf(e.getMessage())
                    : "Error: Listener " + name + " rests: " + e;
            if (!reason.equals(refusals.put(name, reason))) {
                house.log().log(LogType.ERROR, reason);
            }
            lookAgain();
            return new Rules(rules.settings(), null, null);
        }
    }

    private void lookAgain() {
        if (!looksAgain) {
            looksAgain = true;
            IN_A_MOMENT.execute(this::renewAgain);
        }
    }

    private synchronized void renewAgain() {
        looksAgain = false;
        renewRules();
    }

    private List<Channel> openTcpSockets() {
        return doors.stream()
                .flatMap(door -> door.sockets().stream())
                .filter(socket -> socket.localAddress() instanceof InetSocketAddress)
                .toList();
    }

    private static List<InetSocketAddress> tcpAddresses(Door door) {
        return door.addresses().stream()
                .filter(InetSocketAddress.class::isInstance)
                .map(InetSocketAddress.class::cast)
                .toList();
    }
}
