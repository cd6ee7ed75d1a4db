// SPDX-License-Identifier: Apache-2.0
package io.culex.core.store;

import io.culex.api.config.Generation;
import io.culex.api.config.GenerationParticipant;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.log.LogType;
import io.culex.api.store.MessageStore;
import io.culex.core.loop.Loop;
import io.culex.core.loop.Loops;
import io.culex.core.net.Broker;
import io.culex.core.plugin.CoreLog;
import io.culex.core.plugin.PluginRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Where the store sits. With {@code persistence true} no door opens before the store is there and everything it has kept is
 * found again; when it goes, to be updated, the gates wait and the ledgers of the loops hold what sessions give, until it is
 * back. Whether there is one is settled by the first generation.
 */
@Component(service = GenerationParticipant.class, immediate = true, property = "culex.participant=store")
public final class StoreSeat implements GenerationParticipant {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOPS_SECONDS = 30;

    private final Broker broker;
    private final PluginRegistry registry;
    private final CoreLog log;
    private final Duration patience;
    private @Nullable MessageStore store;
    private @Nullable Found found;
    private String identity = "";
    private boolean settled;
    private boolean persistent;

    /** An empty seat. */
    @Activate
    public StoreSeat(@Reference Broker broker, @Reference PluginRegistry registry, @Reference CoreLog log) {
        this(broker, registry, log, PATIENCE);
    }

    /** One that waits no longer than {@code patience} for the store at the start. */
    public StoreSeat(Broker broker, PluginRegistry registry, CoreLog log, Duration patience) {
        this.broker = broker;
        this.registry = registry;
        this.log = log;
        this.patience = patience;
    }

    /** After the gates, before the doors. */
    @Override
    public int order() {
        return 5;
    }

    @Override
    public synchronized void prepare(Generation generation) throws GenerationRefusedException {
        // An attempt to start that failed later on may be followed by another one.
        if (settled || found != null) {
            return;
        }
        if (generation.broker().persistent()) {
            MessageStore there = awaitStore();
            Found kept = new Found(broker.services());
            there.recover(kept);
            identity = there.identity();
            found = kept;
            onLoops(loop -> loop.ledger().open(there));
            registry.store(true);
        }
    }

    private MessageStore awaitStore() throws GenerationRefusedException {
        long end = System.nanoTime() + patience.toNanos();
        while (store == null && System.nanoTime() < end) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, end - System.nanoTime()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        MessageStore there = store;
        if (there == null) {
            throw new GenerationRefusedException(
                    GenerationRefusedException.Kind.SYSTEM,
                    "Error: persistence is on, but the store did not come within " + patience.toSeconds() + " s.");
        }
        return there;
    }

    /** The gates stand: wills that are due are published, sessions that are over end. */
    @Override
    public synchronized void commit(Generation generation) {
        if (settled) {
            return;
        }
        settled = true;
        persistent = generation.broker().persistent();
        Found kept = found;
        if (kept != null) {
            found = null;
            kept.begin();
            log.log(LogType.INFORMATION, kept.summary());
        }
        broker.services().directory().whole();
    }

    @Override
    public void abort(Generation generation) {
        // What was found stays: the broker ends, or the next attempt is another start.
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindStore(MessageStore service) {
        synchronized (this) {
            store = service;
            notifyAll();
            if (!isUsed()) {
                return;
            }
        }
        if (!service.identity().equals(identity)) {
            log.log(
                    LogType.ERROR,
                    "Error: Another store has come than the one that sessions and messages are kept in. What is to be kept"
                            + " waits for that one to come back; to use the other one, start the broker again.");
            return;
        }
        // It finds what it was given before; the sessions have it all.
        service.recover(new Nothing());
        onLoops(loop -> loop.ledger().open(service));
        if (broker.services().loops().all().stream()
                .anyMatch(loop -> loop.ledger().hasFailed())) {
            log.log(LogType.ERROR, "Error: The store had failed; the broker must be started again to keep anything.");
            return;
        }
        registry.store(true);
    }

    /** Returns when no loop gives it anything any more: then it keeps what it has, and may go. */
    public void unbindStore(MessageStore service) {
        synchronized (this) {
            if (store != service) {
                return;
            }
            store = null;
            if (!isUsed()) {
                return;
            }
        }
        registry.store(false);
        onLoops(loop -> loop.ledger().away());
    }

    /** Also after a start that failed later on: the next attempt goes on with what was found, and with the store of that moment. */
    private boolean isUsed() {
        return persistent || found != null;
    }

    private void onLoops(Consumer<Loop> work) {
        Loops loops = broker.services().loops();
        List<CompletableFuture<Void>> done = loops.all().stream()
                .map(loop -> CompletableFuture.runAsync(() -> work.accept(loop), loop::execute))
                .toList();
        try {
            CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).get(LOOPS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("an event loop could not change the store: " + e, e);
        }
    }
}
