// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.auth.Access;
import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Authenticator;
import io.culex.api.auth.Peer;
import io.culex.api.auth.UserDirectory;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.ListenerSettings;
import io.culex.core.loop.Counter;
import io.culex.core.plugin.TestPlugins;
import io.culex.testkit.Await;
import io.culex.testkit.Connect;
import io.culex.testkit.PacketType;
import io.culex.testkit.Ping;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** After a reload: who may stay (SPEC A.3). */
class AdmissionTest {
    private final Hall hall = new Hall();

    @AfterEach
    void stop() {
        hall.close();
    }

    /** Users with their passwords; ignores clients without a user name, as a password file does. */
    private static final class Users implements Authenticator, UserDirectory {
        private volatile Map<String, String> passwords;
        private volatile long changes;

        Users(Map<String, String> passwords) {
            this.passwords = passwords;
        }

        @Override
        public CompletionStage<AuthAnswer> authenticate(AuthRequest request) {
            return CompletableFuture.completedFuture(answer(request));
        }

        private AuthAnswer answer(AuthRequest request) {
            if (request.username() == null) {
                return AuthAnswer.IGNORE;
            }
            String password = passwords.get(request.username());
            boolean right = password != null
                    && request.password() != null
                    && password.equals(request.password().asText());
            return right ? AuthAnswer.ALLOW : AuthAnswer.DENY;
        }

        @Override
        public @Nullable String fingerprint(String username) {
            return passwords.get(username);
        }

        @Override
        public long changes() {
            return changes;
        }

        void become(Map<String, String> others) {
            passwords = others;
            changes = others.hashCode();
        }
    }

    private static ListenerSettings.Access access(boolean anonymous, String... plugins) {
        return new ListenerSettings.Access(anonymous, true, "auto-", null, false, List.of(plugins));
    }

    private WireClient bob() {
        return hall.connect(ProtocolVersion.V5, Connect.as("bob").user("bob").password("1"));
    }

    private static void stays(WireClient client) {
        client.send(new Ping(PacketType.PINGREQ));
        assertEquals(PacketType.PINGRESP, client.receive().type());
    }

    private static void goes(WireClient client) {
        assertEquals(0x87, client.expectEnd());
    }

    /** The plugin with other users, as a reload brings it: new before old. */
    private TestPlugins.Bound users(TestPlugins.@Nullable Bound old, boolean anonymous, Map<String, String> passwords) {
        TestPlugins.Bound users = hall.plugins.bind("users" + passwords, new Users(passwords));
        hall.take(access(anonymous, "users" + passwords));
        if (old != null) {
            old.unbind();
        }
        return users;
    }

    @Test
    void aUserWhoseEntryIsTheSameStays() {
        TestPlugins.Bound old = users(null, false, Map.of("bob", "1"));
        WireClient bob = bob();
        users(old, false, Map.of("bob", "1", "eve", "2"));
        stays(bob);
    }

    @Test
    void aUserWhoWasRemovedOrGotAnotherPasswordGoes() {
        TestPlugins.Bound old = users(null, false, Map.of("bob", "1"));
        WireClient bob = bob();
        TestPlugins.Bound other = users(old, false, Map.of("bob", "2"));
        goes(bob);
        old = users(other, false, Map.of("bob", "1"));
        bob = bob();
        users(old, false, Map.of("eve", "1"));
        goes(bob);
    }

    @Test
    void anonymousClientsGoWhenAnonymityEnds() {
        TestPlugins.Bound old = users(null, true, Map.of("bob", "1"));
        WireClient anonymous = hall.connect("anonymous");
        WireClient bob = bob();
        WireClient old311 = hall.connect(ProtocolVersion.V311, Connect.as("old"));
        users(old, false, Map.of("bob", "1", "eve", "1"));
        goes(anonymous);
        old311.expectClosed();
        stays(bob);
    }

    @Test
    void whoCameInUncheckedGoesWhenSomeoneChecks() {
        hall.take(access(true));
        WireClient bob = bob();
        WireClient anonymous = hall.connect("anonymous");
        users(null, true, Map.of("bob", "1"));
        goes(bob);
        stays(anonymous);
    }

    @Test
    void aClientOfAPluginWithoutADirectoryStaysAsLongAsThePluginDecides() {
        hall.plugins.bind("token", (Authenticator) request -> CompletableFuture.completedFuture(AuthAnswer.ALLOW));
        hall.take(access(false, "token"));
        WireClient bob = bob();
        hall.take(access(false, "token"));
        stays(bob);
        hall.take(access(false));
        goes(bob);
    }

    /** As a door that takes the name from a certificate, or not. */
    private void take(Map<String, String> stages, ListenerSettings.Access access) {
        ListenerSettings door = TestBroker.door(0);
        try {
            hall.broker.take(
                    BrokerSettings.DEFAULTS,
                    List.of(new ListenerSettings(
                            door.name(), door.binding(), door.protocol(), door.clients(), access, stages)));
        } catch (GenerationRefusedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoHadHisNameFromACertificateIsAskedForAPasswordWhenThatEnds() {
        hall.broker.serve("use_identity_as_username");
        hall.broker.stage(peer -> new Peer(peer.listener(), peer.socket(), null, null, null, null, "bob"));
        Map<String, String> named = Map.of("use_identity_as_username", "true");
        take(named, access(false));
        WireClient bob = hall.connect("bob");
        take(named, access(false, "users"));
        hall.plugins.bind("users", new Users(Map.of("bob", "1")));
        stays(bob);
        take(Map.of(), access(false, "users"));
        goes(bob);
    }

    @Test
    void whoCameBeforeTheListenerAskedForMoreMustComeAgain() {
        hall.take(access(true));
        hall.broker.serve("require_certificate");
        WireClient early = hall.open(ProtocolVersion.V5);
        WireClient there = hall.connect("there");
        Await.until("both to be let in", () -> hall.services().loops().sum(Counter.SOCKETS) == 2);
        take(Map.of("require_certificate", "true"), access(true));
        early.send(Connect.as("early").user("admin"));
        early.expectClosed();
        stays(there);
        hall.connect("again");
    }

    @Test
    void nothingIsAskedWhenOnlyAPluginComesOrGoes() {
        TestPlugins.Bound old = users(null, false, Map.of("bob", "1"));
        WireClient bob = bob();
        old.unbind();
        hall.plugins.bind("users" + Map.of("bob", "1"), new Users(Map.of("bob", "2")));
        stays(bob);
    }

    @Test
    void isAskedWhenTheGateOpensForTheNewGeneration() {
        TestPlugins.Bound old = users(null, false, Map.of("bob", "1"));
        WireClient bob = bob();
        hall.take(access(false, "other"));
        stays(bob);
        old.unbind();
        hall.plugins.bind("other", new Users(Map.of("bob", "2")));
        goes(bob);
    }

    @Test
    void isAskedWhenAPluginReadsItsUsersAnew() {
        Users users = new Users(Map.of("bob", "1", "eve", "1"));
        hall.plugins.bind("users", users);
        hall.take(access(false, "users"));
        WireClient bob = bob();
        WireClient eve =
                hall.connect(ProtocolVersion.V5, Connect.as("eve").user("eve").password("1"));
        users.become(Map.of("eve", "1"));
        goes(bob);
        stays(eve);
    }

    /** Someone else's entry changes whenever a login is being checked. */
    private static final class Busy implements Authenticator, UserDirectory {
        private final AtomicLong changes = new AtomicLong();

        @Override
        public CompletionStage<AuthAnswer> authenticate(AuthRequest request) {
            changes.incrementAndGet();
            return CompletableFuture.completedFuture(AuthAnswer.ALLOW);
        }

        @Override
        public String fingerprint(String username) {
            return username;
        }

        @Override
        public long changes() {
            return changes.get();
        }
    }

    @Test
    void whatChangesForOthersDoesNotRepeatALogin() {
        Busy busy = new Busy();
        hall.plugins.bind("busy", busy);
        hall.take(access(false, "busy"));
        bob();
        assertEquals(1, busy.changes());
    }

    @Test
    void revokedSubscriptionsEndAlsoOfSessionsThatAreNotConnected() {
        Hall.Acl acl = new Hall.Acl(Access.UNSUBSCRIBE);
        hall.plugins.bind("acl", acl);
        hall.take(BrokerSettings.DEFAULTS, "acl");
        WireClient here = hall.connect("here");
        here.subscribe("t", 1);
        here.subscribe("$share/g/u", 1);
        WireClient gone = hall.connect(ProtocolVersion.V5, Connect.as("gone").expiry(600));
        gone.subscribe("t", 1);
        gone.disconnect();
        Await.until("the session to be alone", () -> !hall.session("gone").isOnline());
        acl.deny(Access.SUBSCRIBE);
        hall.take(BrokerSettings.DEFAULTS, "acl");
        Await.until("no subscription", () -> hall.services().router().tree().count() == 0);
        stays(here);
    }

    @Test
    void subscriptionsEndWhenAPluginChangesItsMind() {
        Hall.Acl acl = new Hall.Acl(Access.UNSUBSCRIBE);
        hall.plugins.bind("acl", acl);
        hall.take(BrokerSettings.DEFAULTS, "acl");
        List<WireClient> here = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            WireClient client = hall.connect("c" + i);
            client.subscribe("t", 1);
            here.add(client);
        }
        acl.deny(Access.WRITE);
        here.forEach(AdmissionTest::stays);
        assertEquals(20, hall.services().router().tree().count());
        acl.deny(Access.SUBSCRIBE);
        Await.until("no subscription", () -> hall.services().router().tree().count() == 0);
        here.forEach(AdmissionTest::stays);
        acl.deny(Access.UNSUBSCRIBE);
        assertEquals(1, here.get(0).subscribe("t", 1));
    }

    @Test
    void subscriptionsEndWhenAnotherServiceOfThePluginDeniesThem() {
        TestPlugins.Bound old = hall.plugins.bind("acl", new Hall.Acl(Access.UNSUBSCRIBE));
        hall.take(BrokerSettings.DEFAULTS, "acl");
        WireClient here = hall.connect("here");
        here.subscribe("t", 1);
        old.unbind();
        hall.plugins.bind("acl", new Hall.Acl(Access.SUBSCRIBE));
        Await.until("no subscription", () -> hall.services().router().tree().count() == 0);
        stays(here);
    }
}
