// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.intercept.Interceptor;
import io.culex.api.message.ReasonCode;
import io.culex.core.loop.Counter;
import io.culex.testkit.Ack;
import io.culex.testkit.Await;
import io.culex.testkit.Connect;
import io.culex.testkit.Packet;
import io.culex.testkit.PacketType;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.Subscribe;
import io.culex.testkit.WireClient;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is acknowledged is kept, and what is kept is there again after the broker's death. */
class KeptTest extends KeptFixture {
    @Test
    void aPubackWaitsUntilTheMessageIsKept() {
        WireClient receiver = durable("receiver");
        receiver.subscribe("t", 1);
        receiver.close();
        WireClient publisher = hall.connect("publisher");
        store.hold();
        publisher.send(Publish.to("t", "kept").qos(1, 7));
        Await.until("the message to be given", () -> store.waiting() > 0);
        publisher.expectSilence(SHORT);
        assertEquals(List.of(), store.owed("receiver"));
        store.keep();
        assertEquals(7, publisher.expect(Ack.class).id());
        assertEquals(1, store.owed("receiver").size());
    }

    @Test
    void acknowledgementsKeepTheirOrderThoughOneNeedsNoStore() {
        WireClient receiver = durable("receiver");
        receiver.subscribe("t", 1);
        WireClient publisher = hall.connect("publisher");
        store.hold();
        publisher.send(
                Publish.to("t", "kept").qos(1, 1), Publish.to("nobody", "x").qos(1, 2));
        Await.until("the message to be given", () -> store.waiting() > 0);
        publisher.expectSilence(SHORT);
        store.keep();
        assertEquals(1, publisher.expect(Ack.class).id());
        assertEquals(2, publisher.expect(Ack.class).id());
    }

    @Test
    void aSubackOfASessionThatIsKeptWaits() {
        WireClient client = durable("client");
        store.hold();
        client.send(Subscribe.to(3, "t", 1));
        Await.until("the subscription to be given", () -> store.waiting() > 0);
        client.expectSilence(SHORT);
        store.keep();
        client.expectSuback(3);
    }

    private long read(PacketType type) {
        return hall.services().loops().received(type.code());
    }

    /** What the client has said is given to the store, which keeps and writes nothing from now on. */
    private WireClient stuck(String id) {
        WireClient client = durable(id);
        store.hold();
        client.send(Subscribe.to(1, "first", 1), Ack.puback(1));
        Await.until("what it said to be read", () -> read(PacketType.PUBACK) == 1);
        return client;
    }

    @Test
    void aSubscriberWaitsForAStoreThatDoesNotWrite() {
        WireClient client = stuck("client");
        store.backlog(17 << 20);
        client.send(Subscribe.to(2, "a", 1), Subscribe.to(3, "b", 1));
        Await.until("the second subscription to be read", () -> read(PacketType.SUBSCRIBE) == 2);
        client.expectSilence(SHORT);
        assertEquals(2, read(PacketType.SUBSCRIBE));
        store.backlog(0);
        store.keep();
        for (int id = 1; id <= 3; id++) {
            client.expectSuback(id);
        }
        client.unsubscribe("a");
    }

    @Test
    void whoAcknowledgesWaitsForAStoreThatHasMuchToWrite() {
        WireClient client = stuck("client");
        store.backlog(63 << 20);
        Packet[] acknowledgements =
                IntStream.rangeClosed(1, 100).mapToObj(Ack::puback).toArray(Packet[]::new);
        client.send(Ack.puback(1), acknowledgements);
        Await.until("the acknowledgements to be read", () -> read(PacketType.PUBACK) == 102);
        store.backlog(65 << 20);
        client.send(Ack.puback(1), acknowledgements);
        client.expectSilence(SHORT);
        assertEquals(128, read(PacketType.PUBACK));
        store.backlog(0);
        store.keep();
        client.expectSuback(1);
        Await.until("the acknowledgements to be read", () -> read(PacketType.PUBACK) == 203);
    }

    @Test
    void aLoginThatIsToBeKeptWaitsForAStoreThatDoesNotWrite() {
        WireClient client = stuck("client");
        store.backlog(17 << 20);
        WireClient again = hall.open(ProtocolVersion.V5);
        again.send(Connect.as("client").resume().expiry(1000));
        Await.until("the second CONNECT to be read", () -> read(PacketType.CONNECT) == 2);
        again.expectSilence(SHORT);
        assertEquals(1, hall.services().loops().sum(Counter.CONNECTIONS));
        store.backlog(0);
        store.keep();
        client.expectSuback(1);
        assertTrue(again.expectConnack().sessionPresent());
    }

    private long dropped() {
        return hall.services().loops().sum(Counter.PUBLISH_DROPPED);
    }

    @Test
    void aReceiverThatIsHeldLosesQos0AtItsLimit() {
        hall.take(Hall.limits(20, 100, 2_000_000).with(true));
        WireClient receiver = durable("receiver");
        receiver.subscribe("t", 0);
        store.hold();
        receiver.send(Subscribe.to(7, "other", 1));
        Await.until("the subscription to be given", () -> store.waiting() > 0);
        WireClient publisher = hall.connect("publisher");
        String text = "x".repeat(1_000);
        long sent = 0;
        while (dropped() == 0) {
            assertTrue(sent < 60_000, "nothing is lost at 16 MB, nor after what may be on its way");
            for (int i = 0; i < 1_000; i++, sent++) {
                publisher.send(Publish.to("t", text));
            }
            publisher.expectNothing();
            hall.broker.settle();
        }
        long dropped = dropped();
        store.keep();
        receiver.expectSuback(7);
        for (long left = sent - dropped; left > 0; left--) {
            receiver.expectPublish(text);
        }
        publisher.publish("t", "end", 0);
        receiver.expectPublish("end");
    }

    @Test
    void messagesForAnAbsentClientAreThereAfterACrashInOrder() {
        WireClient receiver = durable("receiver");
        receiver.subscribe("t", 2);
        receiver.close();
        WireClient publisher = hall.connect("publisher");
        for (int i = 0; i < 900; i++) {
            publisher.publish("t", "m" + i, 1 + i % 2);
        }
        crash();
        WireClient again = durable("receiver");
        for (int i = 0; i < 900; i++) {
            Publish message = again.expectPublish("m" + i);
            assertEquals(1 + i % 2, message.qos());
            again.acknowledge(message);
        }
        again.expectNothing();
        Await.until("the store to hear of it", () -> store.owed("receiver").isEmpty());
    }

    @Test
    void whatIsNotAcknowledgedComesAgainAndWhatIsDoesNot() {
        WireClient receiver = durable("receiver");
        receiver.subscribe("t", 1);
        WireClient publisher = hall.connect("publisher");
        publisher.publish("t", "first", 1);
        publisher.publish("t", "second", 1);
        receiver.acknowledge(receiver.expectPublish("first"));
        receiver.expectPublish("second");
        Await.until("the store to hear of it", () -> store.owed("receiver").size() == 1);
        crash();
        WireClient again = durable("receiver");
        again.acknowledge(again.expectPublish("second"));
        again.expectNothing();
    }

    @Test
    void aQos2MessageKeepsItsPacketIdentifierAndIsReleasedNotSentAgain() {
        WireClient receiver = durable("receiver");
        receiver.subscribe("t", 2);
        hall.connect("publisher").publish("t", "once", 2);
        Publish sent = receiver.expectPublish("once");
        crash();
        WireClient again = durable("receiver");
        Publish repeated = again.expectPublish("once");
        assertEquals(sent.id(), repeated.id());
        assertTrue(repeated.dup());
        again.send(Ack.pubrec(repeated.id()));
        assertEquals(PacketType.PUBREL, again.expect(Ack.class).type());
        crash();
        WireClient third = durable("receiver");
        Ack release = third.expect(Ack.class);
        assertEquals(PacketType.PUBREL, release.type());
        assertEquals(sent.id(), release.id());
        third.send(Ack.pubcomp(release.id()));
        Await.until("the store to hear of it", () -> store.owed("receiver").isEmpty());
    }

    @Test
    void aQos2PublishThatIsRepeatedAfterACrashDoesNotGoOnTwice() {
        WireClient receiver = durable("receiver");
        receiver.subscribe("t", 2);
        receiver.close();
        WireClient publisher = durable("publisher");
        publisher.send(Publish.to("t", "once").qos(2, 9));
        assertEquals(PacketType.PUBREC, publisher.expect(Ack.class).type());
        crash();
        WireClient again = durable("publisher");
        again.send(Publish.to("t", "once").qos(2, 9).duplicate());
        assertEquals(PacketType.PUBREC, again.expect(Ack.class).type());
        assertEquals(1, store.owed("receiver").size());
        again.send(Ack.pubrel(9));
        assertEquals(PacketType.PUBCOMP, again.expect(Ack.class).type());
        again.send(Publish.to("t", "another").qos(2, 9));
        assertEquals(PacketType.PUBREC, again.expect(Ack.class).type());
        assertEquals(2, store.owed("receiver").size());
    }

    @Test
    void subscriptionsAreThereAgainAndThoseTakenAwayAreNot() {
        WireClient client = durable("client");
        client.subscribe("stays", 1);
        client.subscribe("goes", 1);
        client.unsubscribe("goes");
        crash();
        WireClient publisher = hall.connect("publisher");
        publisher.publish("goes", "x", 1);
        publisher.publish("stays", "y", 1);
        WireClient again = durable("client");
        again.acknowledge(again.expectPublish("y"));
        again.expectNothing();
    }

    @Test
    void aCleanStartEndsWhatWasKeptForGood() {
        WireClient client = durable("client");
        client.subscribe("t", 1);
        client.close();
        hall.connect("publisher").publish("t", "old", 1);
        hall.connect(ProtocolVersion.V5, Connect.as("client")).close();
        Await.until("the session's end to be kept", () -> store.clients().isEmpty());
        crash();
        WireClient again = hall.open(ProtocolVersion.V5);
        assertFalse(again.connect(Connect.as("client").resume().expiry(1000)).sessionPresent());
    }

    @Test
    void aQos2MessageThatAPluginTakesAwayIsAnsweredWhenItsIdentifierIsKept() {
        hall.plugins.bind(
                "filter", (Interceptor) (sender, message) -> new Interceptor.Outcome.Drop(ReasonCode.SUCCESS));
        hall.take(Hall.limits(20, 100, 2_000_000).with(true), "filter");
        WireClient publisher = durable("publisher");
        store.hold();
        publisher.send(Publish.to("t", "x").qos(2, 9));
        Await.until("its identifier to be given", () -> store.waiting() > 0);
        publisher.expectSilence(SHORT);
        store.keep();
        assertEquals(PacketType.PUBREC, publisher.expect(Ack.class).type());
    }

    @Test
    void whatTheStoreCannotReadForAWhileIsAskedForAgainByTheNextStart() {
        WireClient receiver = durable("receiver");
        receiver.subscribe("t", 1);
        receiver.close();
        Await.until("the receiver's end", () -> !hall.session("receiver").isOnline());
        hall.connect("publisher").publish("t", "kept", 1);
        store.deaf();
        WireClient early = durable("receiver");
        early.expectSilence(SHORT);
        assertEquals(1, store.owed("receiver").size());
        crash();
        WireClient again = durable("receiver");
        again.acknowledge(again.expectPublish("kept"));
    }
}
