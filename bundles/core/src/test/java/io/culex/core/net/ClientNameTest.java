// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Authenticator;
import io.culex.api.auth.Peer;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.ListenerSettings;
import io.culex.testkit.Connack;
import io.culex.testkit.Connect;
import io.culex.testkit.PropertyId;
import io.culex.testkit.PropertyList;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who a client is: its identifier, its user name, or what the listener has verified. */
class ClientNameTest {
    private final Hall hall = new Hall();
    private final List<AuthRequest> asked = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        hall.close();
    }

    private void access(@Nullable String prefixes, boolean usernameAsClientId, String... plugins) {
        hall.take(new ListenerSettings.Access(true, true, "auto-", prefixes, usernameAsClientId, List.of(plugins)));
    }

    private int refusal(ProtocolVersion version, Connect connect) {
        WireClient client = hall.open(version);
        client.send(connect);
        return client.expectEnd();
    }

    private void login() {
        hall.plugins.bind("login", (Authenticator) request -> {
            asked.add(request);
            return CompletableFuture.completedFuture(AuthAnswer.ALLOW);
        });
    }

    @Test
    void theUserNameReplacesTheClientIdentifier() {
        login();
        access(null, true, "login");
        hall.connect(ProtocolVersion.V311, Connect.as("mine").user("bob").password("x"));
        hall.awaitSessions(1);
        assertEquals("bob", hall.session("bob").clientId());
        assertEquals("bob", asked.get(0).clientId());
    }

    @Test
    void anAssignedClientIdentifierIsTheUserName() {
        access(null, true);
        WireClient client = hall.open(ProtocolVersion.V5);
        client.send(Connect.as("").user("bob"));
        Connack connack = client.expectConnack();
        assertEquals(Optional.of("bob"), connack.properties().string(PropertyId.ASSIGNED_CLIENT_ID));
    }

    @Test
    void withoutAUserNameThereIsNoClientIdentifier() {
        access(null, true);
        assertEquals(0x87, refusal(ProtocolVersion.V5, Connect.as("mine")));
        assertEquals(5, refusal(ProtocolVersion.V311, Connect.as("mine")));
        assertEquals(0x87, refusal(ProtocolVersion.V5, Connect.as("mine").user("")));
    }

    @Test
    void aClientIdentifierWithoutThePrefixIsRefused() {
        access("secure-", false);
        assertEquals(0x87, refusal(ProtocolVersion.V5, Connect.as("other")));
        assertEquals(5, refusal(ProtocolVersion.V311, Connect.as("secure")));
        assertEquals(5, refusal(ProtocolVersion.V31, Connect.as("Secure-1")));
        hall.connect(ProtocolVersion.V5, Connect.as("secure-1"));
        hall.connect(ProtocolVersion.V311, Connect.as("secure-"));
    }

    @Test
    void thePrefixHoldsForAUserNameThatBecomesTheClientIdentifier() {
        access("secure-", true);
        assertEquals(0x87, refusal(ProtocolVersion.V5, Connect.as("secure-1").user("bob")));
        hall.connect(ProtocolVersion.V5, Connect.as("secure-1").user("secure-bob"));
    }

    @Test
    void anIdentityThatTheListenerVerifiedIsTheUserAndNoPluginIsAsked() {
        login();
        hall.broker.stage(peer -> new Peer(peer.listener(), peer.socket(), null, null, null, null, "cn"));
        hall.take(new ListenerSettings.Access(false, true, "auto-", null, true, List.of("login")));
        hall.connect(ProtocolVersion.V5, Connect.as("mine").user("eve").password("x"));
        hall.awaitSessions(1);
        assertEquals("cn", hall.session("cn").subject().username());
        assertTrue(asked.isEmpty());
    }

    @Test
    void anIdentityStillWaitsForTheGate() {
        hall.broker.stage(peer -> new Peer(peer.listener(), peer.socket(), null, null, null, null, "cn"));
        hall.take(Hall.swapTimeout(java.time.Duration.ZERO), "missing");
        assertEquals(0x88, refusal(ProtocolVersion.V5, Connect.as("mine")));
        hall.take(BrokerSettings.DEFAULTS);
        hall.connect(ProtocolVersion.V5, Connect.as("mine"));
    }

    @Test
    void aBridgeThatSaysWhatItsBrokerIsCalledHearsTheSame() {
        WireClient bridge = hall.open(ProtocolVersion.V5);
        Connack connack = bridge.connect(Connect.as("b").with(PropertyList.NONE.withUser("x-bridge-id", "other")));
        assertEquals(List.of("x-bridge-id=test"), connack.properties().user());
        WireClient client = hall.open(ProtocolVersion.V5);
        assertEquals(List.of(), client.connect(Connect.as("c")).properties().user());
    }
}
