// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.auth.Access;
import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.config.BrokerSettings;
import io.culex.api.local.Authority;
import io.culex.api.local.LocalSessionRequest;
import io.culex.core.local.LocalSessionsService;
import io.culex.core.store.MemoryStore;
import io.culex.testkit.Await;
import io.culex.testkit.Connect;
import io.culex.testkit.Disconnect;
import io.culex.testkit.PropertyId;
import io.culex.testkit.PropertyList;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Will;
import io.culex.testkit.WireClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A will that is due and waits for a plugin is kept, though its session is over or another's. */
class WaitingWillKeptTest extends KeptFixture {
    private static final int WITH_WILL = 4;

    private WireClient dies;

    @BeforeEach
    void connect() {
        WireClient reader = durable("reader");
        reader.subscribe("will", 1);
        reader.close();
        dies = hall.connect(
                ProtocolVersion.V5, Connect.as("dies").resume().expiry(1000).will(Will.to("will", "gone", 1)));
        hall.take(BrokerSettings.DEFAULTS.with(true), "acl");
    }

    /** Comes in by no door, and waits for no gate. */
    private void takeOver(boolean clean) {
        Authority user = new Authority.User(new Subject("dies", null, Peer.of("door", null)));
        new LocalSessionsService(hall.broker.broker())
                .open(new LocalSessionRequest("dies", user, clean, 1000, 10), delivery -> {})
                .toCompletableFuture()
                .join();
    }

    private void endSession() {
        dies.send(new Disconnect(WITH_WILL, PropertyList.of(PropertyId.SESSION_EXPIRY, 0)));
        hall.awaitSessions(1);
    }

    /** When the store has all that it was given. */
    private void awaitKept(String... clients) {
        String wanted = List.of(clients).toString();
        Await.until(Duration.ofSeconds(10), this::kept, () -> isAllKept() && kept().equals(wanted));
    }

    private String kept() {
        return store.clients().stream().sorted().toList().toString();
    }

    private boolean isAllKept() {
        return hall.services().loops().all().stream().allMatch(loop -> CompletableFuture.supplyAsync(
                        () -> loop.ledger().isKept(loop.ledger().mark()), loop::execute)
                .join());
    }

    private void expectTheWillOnce() {
        WireClient reader = durable("reader");
        reader.acknowledge(reader.expectPublish("gone"));
        reader.expectNothing();
    }

    @Test
    void whenAnotherConnectionHasTakenTheSessionOver() {
        takeOver(false);
        awaitKept("dies", "dies", "reader");
        crash();
        expectTheWillOnce();
        awaitKept("dies", "reader");
    }

    @Test
    void whenAnotherConnectionHasBegunTheSessionAnew() {
        takeOver(true);
        awaitKept("dies", "dies", "reader");
        crash();
        expectTheWillOnce();
        awaitKept("dies", "reader");
    }

    @Test
    void whenItsSessionHasEnded() {
        endSession();
        awaitKept("dies", "reader");
        crash();
        expectTheWillOnce();
        awaitKept("reader");
    }

    @Test
    void alsoWhileTheNextStartWaitsForThePlugin() {
        endSession();
        awaitKept("dies", "reader");
        crash("acl");
        awaitKept("dies", "reader");
        crash("acl");
        hall.plugins.bind("acl", new Hall.Acl(Access.UNSUBSCRIBE));
        expectTheWillOnce();
        awaitKept("reader");
    }

    @Test
    void untilThePluginAllowsIt() {
        takeOver(true);
        hall.plugins.bind("acl", new Hall.Acl(Access.UNSUBSCRIBE));
        expectTheWillOnce();
        awaitKept("dies", "reader");
        crash();
        durable("reader").expectNothing();
    }

    @Test
    void untilThePluginRefusesIt() {
        endSession();
        hall.plugins.bind("acl", new Hall.Acl(Access.WRITE));
        awaitKept("reader");
        durable("reader").expectNothing();
    }

    @Test
    void whenTheStoreIsExchangedMeanwhile() {
        Await.until("what was said before to be kept", this::isAllKept);
        hall.seat().unbindStore(store);
        endSession();
        MemoryStore next = store.crashed();
        hall.seat().bindStore(next);
        store.close();
        store = next;
        awaitKept("dies", "reader");
        crash();
        expectTheWillOnce();
        awaitKept("reader");
    }
}
