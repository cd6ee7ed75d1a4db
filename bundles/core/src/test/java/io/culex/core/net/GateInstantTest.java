// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Access;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import io.culex.api.config.BrokerSettings;
import io.culex.api.control.ControlTopic;
import io.culex.api.message.Message;
import io.culex.core.plugin.Gate;
import io.culex.core.plugin.TestPlugins;
import io.culex.testkit.Await;
import io.culex.testkit.Publish;
import io.culex.testkit.Subscribe;
import io.culex.testkit.WireClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gate shuts in the middle of what it has let through, because the second of two plugins goes. */
class GateInstantTest {
    private final Hall hall = new Hall();
    private final Asked asked = new Asked();
    private final TestPlugins.Bound asks = hall.plugins.bind("asks", asked);
    private final TestPlugins.Bound other = hall.plugins.bind("other", new Hall.Acl(Access.UNSUBSCRIBE));
    private CompletableFuture<Void> gone = CompletableFuture.completedFuture(null);

    /** Leaves everything to the plugin behind it, which goes before the first answer to the access that is set. */
    private final class Asked implements Authorizer {
        private volatile Access shutsAt = Access.UNSUBSCRIBE;
        private volatile long changes;

        @Override
        public Verdict check(Access access, Subject subject, String topic) {
            if (access == shutsAt) {
                gone = CompletableFuture.runAsync(other::unbind);
                Await.until("the gate to shut", () -> gate().state() == Gate.State.WAITING);
                shutsAt = Access.UNSUBSCRIBE;
            }
            return Verdict.ALLOW;
        }

        @Override
        public long changes() {
            return changes;
        }
    }

    private Gate gate() {
        return hall.services().current().get().scope("door").gate();
    }

    @BeforeEach
    void start() {
        hall.take(BrokerSettings.DEFAULTS, "asks", "other");
    }

    @AfterEach
    void stop() {
        hall.close();
    }

    private void comesBack() {
        gone.join();
        hall.plugins.bind("other", new Hall.Acl(Access.UNSUBSCRIBE));
    }

    @Test
    void aSubscribeIsDecidedByTheGateThatLetItThrough() {
        WireClient client = hall.connect("client");
        asked.shutsAt = Access.SUBSCRIBE;
        client.send(Subscribe.to(1, "a", 0).and("b", 1).and("c", 2));
        assertEquals(List.of(0, 1, 2), client.expectSuback(1).reasons());
        assertEquals(3, hall.services().router().tree().count());
        client.send(Subscribe.to(2, "parks", 0));
        client.expectSilence(Duration.ofMillis(100));
        comesBack();
        assertEquals(List.of(0), client.expectSuback(2).reasons());
    }

    @Test
    void whatAClientSentBeforeItLeftWaitsForTheNextGateToo() {
        WireClient subscriber = hall.connect("subscriber");
        subscriber.subscribe("t", 0);
        WireClient publisher = hall.connect("publisher");
        gone = CompletableFuture.runAsync(other::unbind);
        Await.until("the gate to shut", () -> gate().state() == Gate.State.WAITING);
        publisher.send(Publish.to("t", "last"));
        publisher.close();
        subscriber.expectSilence(Duration.ofMillis(100));
        comesBack();
        subscriber.expectPublish("last");
        hall.awaitSessions(1);
    }

    @Test
    void retainedMessagesOfThatSubscribeWaitForTheNextGate() {
        WireClient client = hall.connect("client");
        client.publish(Publish.to("r/1", "one").retained(), 1);
        client.publish(Publish.to("r/2", "two").retained(), 1);
        asked.shutsAt = Access.SUBSCRIBE;
        assertEquals(1, client.subscribe("r/+", 1));
        client.expectNothing();
        comesBack();
        assertEquals(
                List.of("one", "two"),
                List.of(client.expectPublish().text(), client.expectPublish().text()).stream()
                        .sorted()
                        .toList());
        client.expectNothing();
    }

    @Test
    void nothingIsRevokedForWantOfAPlugin() {
        WireClient client = hall.connect("client");
        for (String filter : List.of("a", "b", "c", "d")) {
            client.subscribe(filter, 1);
        }
        asked.shutsAt = Access.SUBSCRIBE;
        asked.changes = 1;
        Await.until("the subscriptions to be looked at", () -> asked.shutsAt == Access.UNSUBSCRIBE);
        comesBack();
        client.expectNothing();
        assertEquals(4, hall.services().router().tree().count());
    }

    @Test
    void aPublishAndItsDeliveryAreNotRefused() {
        WireClient client = hall.connect("client");
        client.subscribe("t", 1);
        asked.shutsAt = Access.WRITE;
        assertEquals(0, client.publish("t", "x", 1));
        client.expectNothing();
        comesBack();
        assertEquals("x", client.acknowledge(client.expectPublish()).text());
    }

    @Test
    void theOpenGateIsKeptWhileAPacketIsReadAndNoLonger() {
        Doorway doorway = new Doorway(
                hall.services().current(),
                hall.services().current().get().scope("door").listener(),
                new Input(0));
        Gate open = gate();
        assertTrue(doorway.pass());
        asks.unbind();
        assertNotSame(open, gate());
        assertSame(open, doorway.gate());
        doorway.leave();
        assertSame(gate(), doorway.gate());
        assertFalse(doorway.pass());
        assertSame(gate(), doorway.gate());
    }

    /** Answers whoever asks. */
    private record Echo() implements ControlTopic {
        @Override
        public String topic() {
            return "$CONTROL/echo/v1";
        }

        @Override
        public CompletionStage<Answer> request(Subject requester, Message request) {
            return CompletableFuture.completedFuture(new Answer("done", Audience.REQUESTER));
        }
    }

    @Test
    void aRequestIsDecidedByTheGateThatLetItThrough() {
        hall.plugins.bind(new Echo(), "other");
        WireClient client = hall.connect("client");
        asked.shutsAt = Access.WRITE;
        assertEquals(0, client.publish("$CONTROL/echo/v1", "x", 1));
        client.expectPublish("done");
        comesBack();
    }
}
