// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.camel;

import static io.culex.gateway.camel.MemoryBroker.listener;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Subject;
import io.culex.api.local.Authority;
import io.culex.api.local.Delivery;
import io.culex.api.local.LocalSessionRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** As whom an endpoint acts, and what its address may say. */
class IdentityTest {
    private static final String ILLEGAL = "java.lang.IllegalStateException: ";

    private final MemoryBroker one = MemoryBroker.open();
    private final MemoryBroker two =
            new MemoryBroker(listener("1883@127.0.0.1", 1883, true), listener("8883", 8883, false));

    private static Options options(String... pairs) {
        Map<String, Object> parameters = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            parameters.put(pairs[i], pairs[i + 1]);
        }
        Options options = Options.of("a", parameters);
        assertEquals(Map.of(), parameters);
        return options;
    }

    private static LocalSessionRequest open(MemoryBroker broker, String... pairs) {
        broker.broker()
                .openToReceive(options(pairs), (Delivery delivery) -> {})
                .toCompletableFuture()
                .join();
        return broker.requests.get(broker.requests.size() - 1);
    }

    private static String refused(MemoryBroker broker, String... pairs) {
        return String.valueOf(assertThrows(CompletionException.class, () -> open(broker, pairs))
                .getMessage());
    }

    private static Subject subject(LocalSessionRequest request) {
        return assertInstanceOf(Authority.User.class, request.authority()).subject();
    }

    @Test
    void anEndpointIsAnAnonymousClientOfTheOnlyListener() {
        Subject subject = subject(open(one));
        assertNull(subject.username());
        assertEquals("1883", subject.peer().listener());
        assertTrue(subject.clientId().startsWith("camel-"));
    }

    @Test
    void anEndpointIsAUserOfAListener() {
        Subject subject = subject(open(two, "user", "bob", "listener", "1883", "clientId", "c"));
        assertEquals("bob", subject.username());
        assertEquals("1883@127.0.0.1", subject.peer().listener());
        assertEquals("c", subject.clientId());
        assertEquals(
                "8883",
                subject(open(two, "user", "bob", "listener", "8883")).peer().listener());
    }

    @Test
    void whoseRulesHoldIsNeverGuessed() {
        assertEquals(
                ILLEGAL
                        + "the rules of which listener hold? The endpoint needs listener=NAME, one of [1883@127.0.0.1, 8883]",
                refused(two, "user", "bob"));
        assertEquals(ILLEGAL + "listener=1 is none of [1883@127.0.0.1, 8883]", refused(two, "listener", "1"));
        assertEquals(
                ILLEGAL + "listener 8883 lets no anonymous clients in: the endpoint needs user=NAME, or trusted=true",
                refused(two, "listener", "8883"));
    }

    @Test
    void theBrokerItselfIsOnlyWhoSaysSo() {
        assertEquals(Authority.SYSTEM, open(two, "trusted", "true").authority());
        assertThrows(IllegalArgumentException.class, () -> options("trusted", "true", "user", "bob"));
    }

    @Test
    void aDurableSessionIsKeptUnderItsName() {
        LocalSessionRequest kept = open(one, "durable", "true", "clientId", "c", "maxQueuedMessages", "0");
        assertEquals(0xFFFF_FFFFL, kept.expirySeconds());
        assertEquals(false, kept.cleanStart());
        assertEquals(0, java.util.Objects.requireNonNull(kept.queue()).messages());
        assertThrows(IllegalArgumentException.class, () -> options("durable", "true"));
    }

    @Test
    void wrongValuesAreRefused() {
        for (String[] wrong : new String[][] {
            {"qos", "3"},
            {"qos", "x"},
            {"window", "0"},
            {"concurrentConsumers", "0"},
            {"redeliveryDelay", "-2"},
            {"reconnectDelay", "0"},
            {"retainHandling", "3"},
            {"maxQueuedMessages", "-2"},
            {"durable", "yes"}
        }) {
            assertThrows(IllegalArgumentException.class, () -> options(wrong), wrong[0]);
        }
    }
}
