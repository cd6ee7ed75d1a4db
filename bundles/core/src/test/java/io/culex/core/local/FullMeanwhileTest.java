// SPDX-License-Identifier: Apache-2.0
package io.culex.core.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.BrokerSettings;
import io.culex.api.local.Authority;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.RelaySession;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.api.store.Kept;
import io.culex.api.store.MessageStore;
import io.culex.api.store.StoreLane;
import io.culex.core.loop.Loop;
import io.culex.core.net.TestBroker;
import io.culex.core.route.Publication;
import io.culex.core.store.MemoryStore;
import io.culex.testkit.Await;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The disk may be full between the look whether the store takes a message and the record: what was taken is kept all the same. */
class FullMeanwhileTest {
    private static final Message MESSAGE = Message.of("t", "taken").withQos(QoS.AT_LEAST_ONCE);

    private final FillsUp store = new FillsUp(new MemoryStore(), new AtomicBoolean());
    private final TestBroker broker = new TestBroker(2);
    private final LocalSessionsService service = new LocalSessionsService(broker.broker());

    /** Once it fills up it has room when it is asked first, and none from then on. */
    private record FillsUp(MemoryStore memory, AtomicBoolean fillsUp) implements MessageStore {
        @Override
        public State state() {
            State now = memory.state();
            if (fillsUp.get()) {
                memory.be(State.FULL);
            }
            return now;
        }

        @Override
        public void recover(Recovery recovery) {
            memory.recover(recovery);
        }

        @Override
        public StoreLane lane(Kept kept) {
            return memory.lane(kept);
        }

        @Override
        public void sync() {
            memory.sync();
        }
    }

    @BeforeEach
    void start() throws Exception {
        broker.seat().bindStore(store);
        broker.take(BrokerSettings.DEFAULTS.with(true), List.of());
        join(open("receiver").subscribe("t", SubscribeOptions.of(QoS.AT_LEAST_ONCE)));
    }

    @AfterEach
    void stop() {
        broker.close();
        store.memory.close();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private RelaySession open(String id) {
        return join(
                service.openRelay(new LocalSessionRequest(id, Authority.SYSTEM, false, 1000, 10, null), new Relay()));
    }

    private void expectKept(CompletionStage<ReasonCode> published) {
        assertEquals(ReasonCode.SUCCESS, join(published));
        assertEquals(1, store.memory.owed("receiver").size());
    }

    @Test
    void ofALocalSession() {
        RelaySession publisher = open("publisher");
        store.fillsUp.set(true);
        expectKept(publisher.publish(MESSAGE));
    }

    @Test
    void ofARelay() {
        RelaySession publisher = open("publisher");
        store.fillsUp.set(true);
        expectKept(publisher.publish(MESSAGE.withQos(QoS.EXACTLY_ONCE), 7));
    }

    @Test
    void withoutASession() {
        store.fillsUp.set(true);
        expectKept(service.publish(MESSAGE));
    }

    @Test
    void whatIsRetainedIsRefusedWithoutSpaceLikeAClientsMessage() {
        RelaySession publisher = open("publisher");
        Message retained = Message.of("r", "new").withRetain(true);
        assertEquals(
                ReasonCode.NO_MATCHING_SUBSCRIBERS,
                join(publisher.publish(Message.of("r", "old").withRetain(true))));
        store.memory.be(MessageStore.State.FULL);
        assertEquals(ReasonCode.QUOTA_EXCEEDED, join(publisher.publish(retained)));
        assertEquals(ReasonCode.QUOTA_EXCEEDED, join(service.publish(retained)));
        assertEquals(
                ReasonCode.NO_MATCHING_SUBSCRIBERS,
                join(service.publish(Message.of("$SYS/x", "1").withRetain(true))));
        assertEquals("old", store.memory.retainedText("r"));
    }

    @Test
    void manySmallWillsTakeNoMoreThanTheirShareOfWhatIsLeft() {
        store.memory.be(MessageStore.State.FULL);
        Loop loop = broker.broker().services().loops().get(0);
        String large = "x".repeat(4_000);
        for (int i = 0; i < 200; i++) {
            Message will = Message.of("will/" + i, large).withRetain(true);
            loop.run(() -> broker.broker().services().router().publish(loop, Publication.of(will, 1, 0, null)));
        }
        Await.until(
                "the last one",
                () -> broker.broker().services().router().retained().count() == 200);
        long kept = IntStream.range(0, 200)
                .filter(i -> store.memory.retainedText("will/" + i) != null)
                .count();
        assertTrue(kept > 0 && kept * 4_000 <= 256 << 10, kept + " were kept");
    }
}
