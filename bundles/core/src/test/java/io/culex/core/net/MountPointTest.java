// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.auth.Access;
import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.ListenerSettings;
import io.culex.api.intercept.Interceptor;
import io.culex.api.local.Authority;
import io.culex.api.local.LocalSession;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.core.local.LocalSessionsService;
import io.culex.core.loop.Counter;
import io.culex.core.loop.Loop;
import io.culex.core.session.Directory;
import io.culex.core.session.Session;
import io.culex.testkit.Await;
import io.culex.testkit.Connect;
import io.culex.testkit.Ports;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.Will;
import io.culex.testkit.WireClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients of a listener with {@code mount_point} beside those of one without. */
class MountPointTest {
    private final Hall hall = new Hall();
    private final int port = Ports.free();
    private final List<WireClient> clients = new ArrayList<>();

    private void open(String... needed) throws GenerationRefusedException {
        openBelow("tenant/", needed);
    }

    private void openBelow(String mountPoint, String... needed) throws GenerationRefusedException {
        ListenerSettings.Access everyone =
                new ListenerSettings.Access(true, true, "auto-", null, false, Arrays.asList(needed));
        ListenerSettings mounted = new ListenerSettings(
                "mounted",
                TestBroker.door(port).binding(),
                "mqtt",
                new ListenerSettings.Clients(-1, 2, 10, 10, mountPoint, Set.of(3, 4, 5), false),
                everyone,
                Map.of());
        hall.broker.take(BrokerSettings.DEFAULTS, List.of(TestBroker.door(0).with(everyone), mounted));
    }

    private WireClient tenant(Connect connect) {
        WireClient client = WireClient.open(Ports.local(port), ProtocolVersion.V5);
        clients.add(client);
        client.connect(connect);
        return client;
    }

    @AfterEach
    void stop() {
        clients.forEach(WireClient::close);
        hall.close();
    }

    private void theTopicAboveHasNoName() {
        WireClient early = tenant(Connect.as("early"));
        early.subscribe("#", 1);
        WireClient everything = hall.connect("everything");
        everything.subscribe("#", 1);
        WireClient publisher = hall.connect("publisher");
        for (String topic : List.of("tenant", "tenant/")) {
            publisher.publish(Publish.to(topic, "above").retained(), 1);
            everything.acknowledge(everything.expectPublish("above"));
            publisher.publish(topic, "above again", 0);
            everything.expectPublish("above again");
        }
        publisher.publish("tenant/a", "below", 1);
        assertEquals("a", early.acknowledge(early.expectPublish("below")).topic());
        WireClient late = tenant(Connect.as("late"));
        late.subscribe("#", 1);
        late.expectNothing();
    }

    @Test
    void aTopicThatIsTheMountPointItselfHasNoNameBelowIt() throws GenerationRefusedException {
        open();
        theTopicAboveHasNoName();
    }

    @Test
    void norHasItWhereAPluginIsAskedWhoMayReceive() throws GenerationRefusedException {
        hall.plugins.bind("acl", new Hall.Acl(Access.UNSUBSCRIBE));
        open("acl");
        theTopicAboveHasNoName();
    }

    @Test
    void aSessionInsideIsToldItsSubscriptionsWithoutTheMountPoint() throws Exception {
        open();
        Authority user = new Authority.User(new Subject("inside", "bob", Peer.of("mounted", null)));
        LocalSession session = new LocalSessionsService(hall.broker.broker())
                .open(new LocalSessionRequest("inside", user, true, 0, 10), delivery -> {})
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        try (session) {
            Map<String, SubscribeOptions> wanted = new HashMap<>();
            for (String filter : List.of("a/#", "$share/g/b")) {
                wanted.put(filter, SubscribeOptions.of(QoS.AT_LEAST_ONCE));
                session.subscribe(filter, SubscribeOptions.of(QoS.AT_LEAST_ONCE))
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS);
            }
            assertEquals(wanted, session.subscriptions().toCompletableFuture().get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void aTopicThatIsTooLongWithTheMountPointIsRefused() throws GenerationRefusedException {
        open();
        WireClient everything = hall.connect("everything");
        everything.subscribe("#", 0);
        WireClient client = tenant(Connect.as("tenant"));
        client.publish("t".repeat(65_535 - 7), "fits", 0);
        everything.expectPublish("fits");
        client.send(Publish.to("t".repeat(65_535 - 6), "too long"));
        assertEquals(0x90, client.expectEnd());
        WireClient other = WireClient.open(Ports.local(port), ProtocolVersion.V5);
        clients.add(other);
        other.send(Connect.as("other").will(Will.to("t".repeat(65_535), "x", 0)));
        assertEquals(0x90, other.expectEnd());
        everything.expectNothing();
    }

    @Test
    void aPluginCannotMakeATopicThatIsTooLong() throws GenerationRefusedException {
        hall.plugins.bind("longer", (Interceptor)
                (sender, message) -> message.payload().asText().equals("longer")
                        ? new Interceptor.Outcome.Replace(new Message(
                                "t".repeat(65_535), message.payload(), message.qos(), false, message.properties()))
                        : Interceptor.Outcome.PASS);
        open("longer");
        WireClient everything = hall.connect("everything");
        everything.subscribe("#", 0);
        WireClient client = tenant(Connect.as("tenant"));
        assertEquals(0x90, client.publish("t", "longer", 1));
        assertEquals(0x90, client.publish("t", "longer", 2));
        assertEquals(0, client.publish("t", "passes", 2));
        everything.expectPublish("passes");
        everything.expectNothing();
    }

    /** Two sessions of one loop. */
    private List<Session> sideBySide() {
        List<Session> sessions = new ArrayList<>();
        while (sessions.size() < 2) {
            WireClient client =
                    tenant(Connect.as("id" + clients.size()).resume().expiry(100));
            client.disconnect();
            String key = Directory.key("tenant/", "id" + (clients.size() - 1));
            Session made = Objects.requireNonNull(hall.services().directory().find(key));
            if (sessions.isEmpty() || sessions.get(0).home() == made.home()) {
                sessions.add(made);
            }
        }
        return sessions;
    }

    @Test
    void aClientOnItsWayToItsSessionKeepsTheMountPointThatItCameBy() throws Exception {
        open();
        List<Session> sessions = sideBySide();
        WireClient watcher = hall.connect("watcher");
        watcher.subscribe("tenant/will", 0);
        Loop home = sessions.get(0).home();
        Loop other = hall.services().loops().get(1 - home.index());
        long sockets = hall.services().loops().sum(Counter.SOCKETS);
        List<WireClient> two = List.of(
                WireClient.open(Ports.local(port), ProtocolVersion.V5),
                WireClient.open(Ports.local(port), ProtocolVersion.V5));
        clients.addAll(two);
        Await.until("both to be accepted", () -> hall.services().loops().sum(Counter.SOCKETS) == sockets + 2);
        CountDownLatch reloaded = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        home.execute(() -> {
            busy.countDown();
            await(reloaded);
        });
        // Before that, a round of the loop may read a CONNECT and come to its tasks afterwards.
        await(busy);
        // One of them came to the other loop, and leaves for the session's at once.
        long before = hall.services().loops().sum(Counter.PACKETS_RECEIVED);
        for (int i = 0; i < two.size(); i++) {
            Will will = Will.to("will", "gone", 0);
            two.get(i)
                    .send(Connect.as(sessions.get(i).clientId())
                            .resume()
                            .expiry(100)
                            .will(will));
        }
        Await.until("a CONNECT", () -> hall.services().loops().sum(Counter.PACKETS_RECEIVED) > before);
        CountDownLatch left = new CountDownLatch(1);
        other.execute(left::countDown);
        await(left);
        openBelow("else/");
        reloaded.countDown();
        int resumed = 0;
        for (WireClient client : two) {
            resumed += client.expectConnack().sessionPresent() ? 1 : 0;
            client.subscribe("t", 1);
            client.publish("t", "own", 0);
            assertEquals("t", client.expectPublish("own").topic());
            client.close();
        }
        assertEquals(1, resumed);
        watcher.expectPublish("gone");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aWildcardAtTheBeginningDoesNotMeetTopicsWithADollarOfItsMountPoint() throws GenerationRefusedException {
        open();
        WireClient own = tenant(Connect.as("own"));
        own.subscribe("$private/#", 1);
        WireClient all = tenant(Connect.as("all"));
        all.subscribe("#", 1);
        all.subscribe("+/x", 1);
        WireClient publisher = tenant(Connect.as("publisher"));
        publisher.publish(Publish.to("$private/x", "secret").retained(), 1);
        own.acknowledge(own.expectPublish("secret"));
        publisher.publish("$private/x", "again", 0);
        own.expectPublish("again");
        all.expectNothing();
        WireClient late = tenant(Connect.as("late"));
        late.subscribe("#", 1);
        late.expectNothing();
    }
}
