// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.BrokerSettings;
import io.culex.api.store.How;
import io.culex.api.store.Kept;
import io.culex.api.store.MessageStore;
import io.culex.api.store.Origin;
import io.culex.api.store.Receivers;
import io.culex.api.store.StoreLane;
import io.culex.api.store.StoredClient;
import io.culex.api.store.StoredMessage;
import io.culex.api.store.StoredSession;
import io.culex.core.loop.Loop;
import io.culex.core.store.MemoryStore;
import io.culex.testkit.Ack;
import io.culex.testkit.Await;
import io.culex.testkit.Connect;
import io.culex.testkit.PacketType;
import io.culex.testkit.PropertyId;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.RecordedLog;
import io.culex.testkit.Will;
import io.culex.testkit.WireClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Retained messages, wills, shared subscriptions, a store that is full or exchanged. */
class KeptElsewhereTest extends KeptFixture {
    @Test
    void aQos2MessageThatWasAcceptedIsAnsweredTheSameThoughTheStoreIsFullNow() {
        WireClient receiver = durable("receiver");
        receiver.subscribe("t", 2);
        receiver.close();
        WireClient publisher = durable("publisher");
        publisher.send(Publish.to("t", "once").qos(2, 7));
        assertEquals(0, publisher.expect(Ack.class).reason());
        store.be(MessageStore.State.FULL);
        publisher.send(Publish.to("t", "once").qos(2, 7).duplicate());
        assertEquals(0, publisher.expect(Ack.class).reason());
        publisher.send(Ack.pubrel(7));
        assertEquals(PacketType.PUBCOMP, publisher.expect(Ack.class).type());
        publisher.send(Publish.to("t", "refused").qos(2, 7));
        assertEquals(0x97, publisher.expect(Ack.class).reason());
        store.be(MessageStore.State.READY);
        publisher.send(Publish.to("t", "another").qos(2, 7));
        assertEquals(0, publisher.expect(Ack.class).reason());
        assertEquals(2, store.owed("receiver").size());
    }

    @Test
    void anExpiredRetainedMessageGoesFromTheStoreToo() {
        WireClient client = hall.connect("client");
        client.publish(Publish.to("r", "short").retained().with(PropertyId.MESSAGE_EXPIRY, 1), 1);
        assertEquals("short", store.retainedText("r"));
        Await.pass(Duration.ofMillis(1100));
        client.subscribe("r", 1);
        Await.until("the store to hear of it", () -> store.retainedText("r") == null);
    }

    @Test
    void whatIsRetainedAgainAfterAClearingAndARestartStays() {
        WireClient publisher = hall.connect("publisher");
        publisher.publish(Publish.to("r", "before").retained(), 1);
        publisher.publish(Publish.to("r", "").retained(), 1);
        crash();
        hall.connect("publisher").publish(Publish.to("r", "after").retained(), 1);
        crash();
        WireClient late = hall.connect("late");
        late.subscribe("r", 0);
        late.expectPublish("after");
    }

    @Test
    void retainedMessagesOfEveryLevelAreThereAgainAndClearedOnesAreNot() {
        WireClient publisher = hall.connect("publisher");
        for (int qos = 0; qos < 3; qos++) {
            publisher.publish(Publish.to("r/" + qos, "kept" + qos).retained(), qos);
        }
        publisher.publish(Publish.to("r/gone", "x").retained(), 1);
        publisher.publish(Publish.to("r/gone", "").retained(), 1);
        Await.until("everything to be kept", () -> "kept0".equals(store.retainedText("r/0")));
        crash();
        WireClient reader = hall.connect("reader");
        reader.subscribe("r/#", 2);
        assertEquals(
                List.of("kept0", "kept1", "kept2"),
                List.of(
                                reader.expectPublish().text(),
                                reader.expectPublish().text(),
                                reader.expectPublish().text())
                        .stream()
                        .sorted()
                        .toList());
        reader.expectNothing();
    }

    @Test
    void aRetainedMessageThatWasNotAcknowledgedIsOwedAfterACrashThoughItWasReplaced() {
        hall.connect("publisher").publish(Publish.to("r", "owed").retained(), 1);
        WireClient reader = durable("reader");
        reader.subscribe("r", 1);
        reader.expectPublish("owed");
        hall.connect("publisher").publish(Publish.to("r", "").retained(), 0);
        Await.until(
                "it to be recorded for the reader", () -> store.owed("reader").size() == 1);
        crash();
        WireClient again = durable("reader");
        again.acknowledge(again.expectPublish("owed"));
        Await.until("the store to hear of it", () -> store.owed("reader").isEmpty());
    }

    /** The end of one may not have been kept when the other one was, if loops came to the store at different times. */
    @Test
    void ofTwoSessionsOfOneClientTheLastIsItsSessionAndTheOtherOneEnds() {
        StoreLane lane = store.lane(new Unheard());
        for (String text : List.of("of the first", "of the last")) {
            long number = lane.newMessage();
            lane.session(new StoredSession(number, "", new StoredClient("twice", null, "door"), 5, 1000, 0, null));
            Receivers receivers = new Receivers();
            receivers.add(number, How.of(1, false, 0));
            byte[] payload = text.getBytes(StandardCharsets.UTF_8);
            lane.message(
                    new StoredMessage(lane.newMessage(), new byte[] {'t'}, new byte[0], payload, 1, false, 0, null),
                    receivers,
                    Origin.NONE);
        }
        Await.until("it to be kept", () -> store.owed("twice").size() == 2);
        crash();
        WireClient client = durable("twice");
        client.acknowledge(client.expectPublish("of the last"));
        client.expectNothing();
        Await.until("the other session to end", () -> store.owed("twice").isEmpty());
        assertEquals(List.of("twice"), store.clients());
    }

    private record Unheard() implements Kept {
        @Override
        public void kept(long operation) {}

        @Override
        public void failed(Throwable cause) {}
    }

    @Test
    void aWillIsPublishedByTheNextStart() {
        WireClient reader = durable("reader");
        reader.subscribe("will", 1);
        reader.close();
        hall.connect(
                ProtocolVersion.V5, Connect.as("dies").resume().expiry(1000).will(Will.to("will", "gone", 1)));
        crash();
        WireClient again = durable("reader");
        again.acknowledge(again.expectPublish("gone"));
    }

    @Test
    void withoutSpaceAPublishIsRefusedAndNeverAcknowledgedAsKept() {
        WireClient receiver = durable("receiver");
        receiver.subscribe("t", 1);
        receiver.close();
        store.be(MessageStore.State.FULL);
        WireClient v5 = hall.connect("v5");
        v5.send(Publish.to("t", "x").qos(1, 1));
        assertEquals(0x97, v5.expect(Ack.class).reason());
        WireClient v3 = hall.connect(ProtocolVersion.V311, Connect.as("v3"));
        v3.send(Publish.to("t", "x").qos(1, 1));
        v3.expectClosed();
        v5.publish("elsewhere", "not kept by anyone", 1);
        store.be(MessageStore.State.READY);
        v5.publish("t", "y", 1);
        assertEquals(1, store.owed("receiver").size());
    }

    @Test
    void anExchangeOfTheStoreLosesNothingAndKeepsEveryConnection() {
        WireClient receiver = durable("receiver");
        receiver.subscribe("t", 1);
        WireClient publisher = durable("publisher");
        publisher.publish("t", "before", 1);
        Publish held = receiver.expectPublish("before");
        hall.seat().unbindStore(store);
        publisher.send(Publish.to("t", "during").qos(1, 5));
        receiver.acknowledge(held);
        publisher.expectSilence(SHORT);
        MemoryStore next = store.crashed();
        hall.seat().bindStore(next);
        store.close();
        store = next;
        assertEquals(5, publisher.expect(Ack.class).id());
        receiver.acknowledge(receiver.expectPublish("during"));
        Await.until("the store to hear of it", () -> store.owed("receiver").isEmpty());
    }

    @Test
    void whatIsToBeKeptWaitsForTheStoreThatWentAndNotForAnother() {
        WireClient receiver = durable("receiver");
        receiver.subscribe("t", 1);
        WireClient publisher = durable("publisher");
        RecordedLog log = new RecordedLog();
        hall.broker.record(log);
        hall.seat().unbindStore(store);
        publisher.send(Publish.to("t", "during").qos(1, 5));
        try (MemoryStore other = new MemoryStore()) {
            hall.seat().bindStore(other);
            assertTrue(log.errors().get(0).contains("Another store has come"));
            publisher.expectSilence(SHORT);
            hall.seat().unbindStore(other);
        }
        hall.seat().bindStore(store);
        assertEquals(5, publisher.expect(Ack.class).id());
        receiver.acknowledge(receiver.expectPublish("during"));
    }

    @Test
    void whoHasMovedAndWaitsForTheStoreDoesNotWaitForEver() {
        durable("id").close();
        hall.take(BrokerSettings.DEFAULTS
                .with(true)
                .with(new BrokerSettings.Sessions(
                        true,
                        Duration.ZERO,
                        Duration.ZERO,
                        false,
                        false,
                        Duration.ofMillis(300),
                        Duration.ofSeconds(10))));
        Loop home = hall.session("id").home();
        // As when the store goes while a connection is on its way from one loop to the other.
        home.execute(home.ledger()::away);
        List<WireClient> clients = List.of(hall.open(ProtocolVersion.V5), hall.open(ProtocolVersion.V5));
        clients.forEach(client -> client.send(Connect.as("id").resume().expiry(1000)));
        clients.forEach(WireClient::expectEnd);
    }

    @Test
    void aRetainedWillOfWhoDiesWhileTheDiskIsFullIsThereAfterTheNextStart() {
        hall.connect("publisher").publish(Publish.to("status", "online").retained(), 1);
        WireClient dies = hall.connect(
                ProtocolVersion.V5,
                Connect.as("dies").will(Will.to("status", "offline", 0).retained()));
        store.be(MessageStore.State.FULL);
        dies.reset();
        Await.until("the will", () -> "offline".equals(store.retainedText("status")));
        crash();
        WireClient late = hall.connect("late");
        late.subscribe("status", 0);
        late.expectPublish("offline");
    }

    @Test
    void aWillLeavesItsSessionWhenItIsKeptAsAMessage() {
        WireClient reader = durable("reader");
        reader.subscribe("will", 1);
        reader.close();
        WireClient dies = hall.connect(
                ProtocolVersion.V5, Connect.as("dies").resume().expiry(1000).will(Will.to("will", "gone", 1)));
        store.hold();
        dies.reset();
        Await.until("the end", () -> store.waiting() >= 2);
        store.keepOne();
        crash();
        Await.until("the will", () -> store.owed("reader").size() >= 1);
    }
}
