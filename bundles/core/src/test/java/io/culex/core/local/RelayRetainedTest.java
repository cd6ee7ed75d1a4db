// SPDX-License-Identifier: Apache-2.0
package io.culex.core.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.config.BrokerSettings;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.local.Authority;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.RelaySession;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.core.net.TestBroker;
import io.culex.core.store.MemoryStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session that is made ready before its link is there gets what is retained once. */
class RelayRetainedTest {
    private final MemoryStore store = new MemoryStore();
    private final TestBroker broker = new TestBroker(2);
    private final LocalSessionsService service = new LocalSessionsService(broker.broker());

    @BeforeEach
    void start() throws GenerationRefusedException {
        broker.seat().bindStore(store);
        broker.take(BrokerSettings.DEFAULTS.with(true), List.of());
        join(service.publish(Message.of("t", "kept").withQos(QoS.EXACTLY_ONCE).withRetain(true)));
    }

    @AfterEach
    void stop() {
        broker.close();
        store.close();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private RelaySession open(Relay relay) {
        return join(service.openRelay(
                new LocalSessionRequest("local.b", new Authority.Bridge("b"), false, 0xFFFF_FFFFL, 10, null), relay));
    }

    @Test
    void whatWasAskedForApartDoesNotWaitAsWell() throws InterruptedException {
        Relay nobody = new Relay();
        nobody.ready = false;
        RelaySession before = open(nobody);
        join(before.subscribe("t", new SubscribeOptions(QoS.EXACTLY_ONCE, true, true, 0, 1)));
        before.sendRetained(Set.of());
        before.close();
        assertEquals(0, join(service.backlog("local.b")).messages());
        Relay relay = new Relay();
        RelaySession session = open(relay);
        session.sendRetained(Set.of("t"));
        relay.expect("retain t=kept q2");
        join(service.publish(Message.of("t", "next").withQos(QoS.EXACTLY_ONCE)));
        relay.expect("t=next q2");
    }

    @Test
    void whatIsAskedForAnewOnALaterLinkComesOnce() throws InterruptedException {
        Relay first = new Relay();
        RelaySession before = open(first);
        join(before.subscribe("t", new SubscribeOptions(QoS.EXACTLY_ONCE, true, true, 2, 1)));
        before.close();
        Relay relay = new Relay();
        relay.ready = false;
        RelaySession session = open(relay);
        join(session.subscribe("t", new SubscribeOptions(QoS.EXACTLY_ONCE, true, true, 0, 1)));
        session.sendRetained(Set.of("t"));
        session.run(() -> {
            relay.ready = true;
            session.request(1);
        });
        relay.expect("retain t=kept q2");
        join(service.publish(Message.of("t", "next").withQos(QoS.EXACTLY_ONCE)));
        relay.expect("t=next q2");
    }
}
