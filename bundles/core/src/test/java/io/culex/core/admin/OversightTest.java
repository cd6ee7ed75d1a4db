// SPDX-License-Identifier: Apache-2.0
package io.culex.core.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.admin.Ban;
import io.culex.api.admin.RetainedInfo;
import io.culex.api.admin.SessionDetail;
import io.culex.api.admin.SubscriptionInfo;
import io.culex.api.admin.TraceLine;
import io.culex.api.admin.TraceRequest;
import io.culex.api.admin.Tracing;
import io.culex.api.config.BrokerSettings;
import io.culex.core.local.LocalSessionsService;
import io.culex.core.net.TestBroker;
import io.culex.testkit.Await;
import io.culex.testkit.Connect;
import io.culex.testkit.Ports;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator sees and does, with clients on a socket. */
class OversightTest {
    private final TestBroker broker = new TestBroker(2);
    private final BansService bans = new BansService(broker.broker());
    private final SessionInspectionService sessions = new SessionInspectionService(broker.broker());
    private final RetainedMessagesService retained =
            new RetainedMessagesService(broker.broker(), new LocalSessionsService(broker.broker()));
    private final List<WireClient> clients = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        broker.take(BrokerSettings.DEFAULTS, List.of(TestBroker.door(0)));
    }

    @AfterEach
    void stop() {
        clients.forEach(WireClient::close);
        broker.close();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private WireClient open(ProtocolVersion version) {
        WireClient client = WireClient.open(Ports.local(broker.port()), version);
        clients.add(client);
        return client;
    }

    private WireClient connect(String id) {
        WireClient client = open(ProtocolVersion.V5);
        client.connect(Connect.as(id));
        return client;
    }

    private int ban(Ban.Kind kind, String value, Duration time) throws Exception {
        return join(bans.add(
                new Ban(kind, value, "test", Instant.now(), Instant.now().plus(time))));
    }

    @Test
    void aBanHoldsForTheNextConnectionAndEndsThoseThatAreThere() throws Exception {
        WireClient bad = connect("bad");
        WireClient good = connect("good");
        assertEquals(1, ban(Ban.Kind.ID, "bad", Duration.ofHours(1)));
        assertEquals(0x98, bad.expectEnd());
        WireClient again = open(ProtocolVersion.V5);
        again.send(Connect.as("bad"));
        assertEquals(0x8A, again.expectEnd());
        WireClient older = open(ProtocolVersion.V311);
        older.send(Connect.as("bad"));
        assertEquals(5, older.expectEnd());
        assertEquals(0, good.publish("t", "still there", 1) & 0x80);
        assertTrue(bans.lift(Ban.Kind.ID, "bad"));
        connect("bad");
    }

    @Test
    void aBannedAddressIsOutWhateverItsName() throws Exception {
        WireClient first = connect("first");
        assertEquals(1, ban(Ban.Kind.ADDRESS, "127.0.0.0/8", Duration.ofHours(1)));
        assertEquals(0x98, first.expectEnd());
        WireClient second = open(ProtocolVersion.V5);
        second.send(Connect.as("second"));
        assertEquals(0x8A, second.expectEnd());
    }

    @Test
    void aBanThatIsOverLetsTheClientIn() throws Exception {
        ban(Ban.Kind.USER, "eve", Duration.ofMillis(1));
        Await.until("the end of the ban", () -> bans.list().isEmpty());
        WireClient eve = open(ProtocolVersion.V5);
        eve.connect(Connect.as("e").user("eve"));
    }

    @Test
    void aSessionIsShownWithItsSubscriptions() {
        WireClient client = open(ProtocolVersion.V5);
        client.connect(Connect.as("c").expiry(60));
        client.subscribe("b/#", 1);
        client.subscribe("a/+", 2);
        List<SessionDetail> found = join(sessions.find("c"));
        assertEquals(1, found.size());
        SessionDetail detail = found.get(0);
        assertEquals(60, detail.expirySeconds());
        assertEquals(
                List.of("a/+", "b/#"),
                detail.subscriptions().stream().map(SubscriptionInfo::filter).toList());
        assertTrue(detail.session().connected());
        assertEquals(List.of(), join(sessions.find("nobody")));
        List<SubscriptionInfo> all = new ArrayList<>();
        sessions.subscriptions(all::add);
        assertEquals(2, all.size());
        assertEquals("c", all.get(0).clientId());
    }

    @Test
    void retainedMessagesAreListedShownAndPurged() {
        WireClient client = connect("c");
        client.publish(Publish.to("a/1", "one").retained(), 1);
        client.publish(Publish.to("a/2", "two").retained(), 1);
        client.publish(Publish.to("b", "three").retained(), 1);
        List<RetainedInfo> all = new ArrayList<>();
        retained.list("a/#", all::add);
        assertEquals(2, all.size());
        assertEquals("c", all.get(0).publisher());
        assertEquals("one", retained.get("a/1").orElseThrow().payload().asText());
        assertEquals(2, join(retained.purge("a/#")));
        assertTrue(retained.get("a/1").isEmpty());
        assertFalse(retained.get("b").isEmpty());
        assertEquals(0, join(retained.purge("a/#")));
    }

    @Test
    void aTraceShowsOneClientFromConnectToDisconnect() throws Exception {
        BlockingQueue<TraceLine> lines = new LinkedBlockingQueue<>();
        Tracing.Trace trace = new TracingService(broker.broker())
                .begin(new TraceRequest("c", null, 100, Duration.ofMinutes(1)), lines::add);
        WireClient other = connect("other");
        WireClient client = connect("c");
        client.subscribe("t", 1);
        other.publish("t", "hello", 1);
        client.acknowledge(client.expectPublish("hello"));
        client.disconnect();
        List<String> texts = new ArrayList<>();
        Await.until("the end of the trace", () -> {
            for (TraceLine line = lines.poll(); line != null; line = lines.poll()) {
                texts.add(line.text() + line.payload().asText());
            }
            return texts.stream().anyMatch(text -> text.contains("disconnected"));
        });
        trace.close();
        assertTrue(
                texts.stream().anyMatch(text -> text.startsWith("New client connected from 127.0.0.1:")), "" + texts);
        assertTrue(
                texts.stream().anyMatch(text -> text.matches("Sending PUBLISH to c .*'t'.*\\(5 bytes\\)\\)hello")),
                "" + texts);
        assertTrue(texts.stream().noneMatch(text -> text.contains("other")), "" + texts);
    }
}
