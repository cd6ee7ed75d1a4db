// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.admin.Operation;
import io.culex.api.auth.PluginProperties;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.Generation;
import io.culex.api.local.Backlog;
import io.culex.api.local.LocalReceiver;
import io.culex.api.local.LocalSession;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.LocalSessions;
import io.culex.api.local.RelayReceiver;
import io.culex.api.local.RelaySession;
import io.culex.testkit.Await;
import io.culex.transport.Dialer;
import io.culex.transport.loop.EventLoopsComponent;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BridgesTest implements LocalSessions {
    private final EventLoopsComponent loops = EventLoopsComponent.start(1, false);
    private final List<FakeRelay> opened = new CopyOnWriteArrayList<>();
    private final List<String> dialled = new CopyOnWriteArrayList<>();
    private final Dialer dialer = (request, loop, handler) -> {
        dialled.add(request.target().toString());
        return new CompletableFuture<Channel>();
    };
    private final Bridges bridges = new Bridges(this, dialer, loops);

    @AfterEach
    void stop() {
        bridges.close();
        loops.stop();
    }

    private static BridgePlan plan(String name, String address, long generation) {
        Map<String, Object> properties =
                new HashMap<>(Map.of("connection", name, "address", address, "topic", "a/# both 1 here/ there/"));
        if (generation > 0) {
            properties.put(PluginProperties.NAME, "connection " + name);
            properties.put(PluginProperties.GENERATION, generation);
            properties.put(PluginProperties.ORIGIN, Generation.origin("run"));
        }
        return new BridgePlan(properties);
    }

    private static Generation generation(long number, Map<String, Long> plans) {
        return new Generation(number, "run", BrokerSettings.DEFAULTS, List.of(), plans);
    }

    private void awaitDials(int count) {
        Await.until("connections to be asked for", () -> dialled.size() >= count);
    }

    /** Sessions that were opened only to end them. */
    private long ended(String clientId) {
        return opened.stream()
                .filter(each -> each.request.clientId().equals(clientId) && each.request.cleanStart())
                .count();
    }

    @Test
    void aBridgeBeginsWithTheGenerationThatNamesItAndEndsWithItsSession() {
        BridgePlan plan = plan("b", "one:1", 1);
        bridges.addPlan(plan);
        assertEquals(Map.of(), bridges.all());
        bridges.commit(generation(1, Map.of("connection b", 1L)));
        awaitDials(1);
        bridges.commit(generation(2, Map.of("connection b", 1L)));
        assertEquals(1, dialled.size());
        String clientId = plan.settings().local().clientId();
        assertEquals(0, ended(clientId));
        bridges.commit(generation(3, Map.of()));
        Await.until("its session to end", () -> ended(clientId) == 1);
        assertEquals(Map.of(), bridges.all());
    }

    @Test
    void aChangedBridgeIsTheSameOneWithOtherSettings() {
        bridges.addPlan(plan("b", "one:1", 1));
        bridges.addPlan(plan("other", "two:2", 1));
        bridges.commit(generation(1, Map.of("connection b", 1L, "connection other", 1L)));
        awaitDials(2);
        Bridge before = bridges.all().get("b");
        bridges.addPlan(plan("b", "three:3", 2));
        bridges.commit(generation(2, Map.of("connection b", 2L, "connection other", 1L)));
        awaitDials(3);
        assertEquals(before, bridges.all().get("b"));
        assertTrue(dialled.get(2).contains("three"), dialled.toString());
        assertEquals(3, dialled.size());
    }

    @Test
    void aBridgeWithAnotherSessionHereIsAnotherBridge() {
        BridgePlan plan = plan("b", "one:1", 1);
        bridges.addPlan(plan);
        bridges.commit(generation(1, Map.of("connection b", 1L)));
        awaitDials(1);
        Bridge before = bridges.all().get("b");
        bridges.addPlan(new BridgePlan(Map.of(
                "connection",
                "b",
                "address",
                "one:1",
                "topic",
                "a/# both 1",
                "local_clientid",
                "other",
                PluginProperties.NAME,
                "connection b",
                PluginProperties.GENERATION,
                2L,
                PluginProperties.ORIGIN,
                Generation.origin("run"))));
        bridges.commit(generation(2, Map.of("connection b", 2L)));
        awaitDials(2);
        assertNotSame(before, bridges.all().get("b"));
        String clientId = plan.settings().local().clientId();
        Await.until("the session before to end", () -> ended(clientId) == 1);
    }

    @Test
    void whenTheBundleGoesWhatWaitsStays() {
        BridgePlan plan = plan("b", "one:1", 1);
        bridges.addPlan(plan);
        bridges.commit(generation(1, Map.of("connection b", 1L)));
        awaitDials(1);
        bridges.removePlan(plan);
        assertEquals(Map.of(), bridges.all());
        assertEquals(0, ended(plan.settings().local().clientId()));
    }

    @Test
    void oneMadeByHandRunsToo() {
        bridges.commit(generation(1, Map.of()));
        bridges.addPlan(plan("mine", "one:1", 0));
        awaitDials(1);
        bridges.commit(generation(2, Map.of()));
        assertEquals(List.of("mine"), List.copyOf(bridges.all().keySet()));
    }

    @Test
    void aPersonMayLookPauseAndTry() throws Exception {
        bridges.addPlan(plan("b", "one:1", 1));
        bridges.commit(generation(1, Map.of("connection b", 1L)));
        awaitDials(1);
        String listed = run(new ListBridges(bridges), Map.of()).get(0);
        assertTrue(listed.startsWith("b: connecting, one:1, 0 messages wait"), listed);
        List<String> status = run(new BridgeStatus(bridges), Map.of("name", "b"));
        assertTrue(status.contains("topic a/# both 1 here/ there/"), status.toString());
        assertEquals(
                List.of(
                        "b: published here, it goes out as there/a/x at QoS 1 at most (topic a/# both 1 here/ there/)",
                        "b: published there, it does not come in"),
                run(new DryRun(bridges), Map.of("topic", "here/a/x")));
        run(new PauseBridge(bridges), Map.of("name", "b"));
        Bridge bridge = bridges.all().values().iterator().next();
        Await.until("a pause", () -> bridge.status().state() == State.PAUSED);
        run(new ResumeBridge(bridges), Map.of("name", "b"));
        awaitDials(2);
        String refusal = String.valueOf(assertThrows(
                        Operation.RefusedException.class, () -> run(new BridgeStatus(bridges), Map.of("name", "x")))
                .getMessage());
        assertEquals("There is no bridge 'x'. There are: b.", refusal);
    }

    @Test
    void everyNumberCarriesTheNameOfItsBridge() {
        bridges.addPlan(plan("b", "one:1", 1));
        bridges.commit(generation(1, Map.of("connection b", 1L)));
        awaitDials(1);
        new BridgeMetrics(bridges).metrics().forEach(metric -> {
            List<String> labels = new ArrayList<>();
            metric.reader().accept((value, label) -> labels.add(label[0]));
            assertEquals(List.of("b"), labels, metric.name());
        });
    }

    private static List<String> run(Operation operation, Map<String, String> arguments) throws Exception {
        try {
            return operation.run(arguments).toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Operation.RefusedException refused) {
                throw refused;
            }
            throw e;
        }
    }

    @Override
    public CompletionStage<LocalSession> open(LocalSessionRequest request, LocalReceiver receiver) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<RelaySession> openRelay(LocalSessionRequest request, RelayReceiver receiver) {
        CompletableFuture<RelaySession> answer = new CompletableFuture<>();
        loops.loops().get(0).execute(() -> {
            FakeRelay session = new FakeRelay(request, receiver, new HashMap<>());
            session.loop = loops.loops().get(0);
            opened.add(session);
            answer.complete(session);
        });
        return answer;
    }

    @Override
    public CompletionStage<Backlog> backlog(String clientId) {
        return CompletableFuture.completedFuture(Backlog.EMPTY);
    }

    @Override
    public List<String> ofBridges() {
        return List.of();
    }
}
