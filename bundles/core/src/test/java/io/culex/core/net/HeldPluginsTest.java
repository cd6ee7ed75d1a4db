// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.culex.api.auth.Access;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.EnhancedAuthenticator;
import io.culex.api.config.BrokerSettings;
import io.culex.api.message.Payload;
import io.culex.core.plugin.TestPlugins;
import io.culex.core.session.Session;
import io.culex.testkit.Auth;
import io.culex.testkit.Await;
import io.culex.testkit.Connect;
import io.culex.testkit.PropertyId;
import io.culex.testkit.PropertyList;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A plugin that has gone is garbage, whoever has asked it. */
class HeldPluginsTest {
    private final Hall hall = new Hall();
    private TestPlugins.@Nullable Bound bound;

    @AfterEach
    void stop() {
        hall.close();
    }

    private WeakReference<Object> bind(Object plugin) {
        bound = hall.plugins.bind("plugin", plugin);
        hall.take(BrokerSettings.DEFAULTS, "plugin");
        return new WeakReference<>(plugin);
    }

    private void isReplaced(WeakReference<Object> plugin) {
        assertNotNull(bound);
        bound.unbind();
        bound = hall.plugins.bind("plugin", new Hall.Acl(Access.UNSUBSCRIBE));
        Await.until("the plugin to be garbage", () -> {
            System.gc();
            return plugin.get() == null;
        });
    }

    private WireClient asks(String id) {
        WireClient client = hall.connect(ProtocolVersion.V5, Connect.as(id));
        client.subscribe("t", 0);
        client.publish("t", "x", 0);
        client.expectPublish("x");
        return client;
    }

    @Test
    void aClientThatIsOnlyThereHoldsNone() {
        WeakReference<Object> plugin = bind(new Hall.Acl(Access.UNSUBSCRIBE));
        WireClient client = asks("id");
        isReplaced(plugin);
        client.expectNothing();
    }

    @Test
    void aClientInTheMiddleOfAPacketHoldsNone() {
        WeakReference<Object> plugin = bind(new Hall.Acl(Access.UNSUBSCRIBE));
        WireClient client = asks("id");
        client.sendRaw(0x30, 9, 0, 1);
        asks("other").disconnect();
        client.expectPublish("x");
        isReplaced(plugin);
        client.sendRaw('t', 0, 'h', 'e', 'l', 'l', 'o');
        client.expectPublish("hello");
    }

    @Test
    void aSessionThatIsOverHoldsNone() {
        WeakReference<Object> plugin = bind(new Hall.Acl(Access.UNSUBSCRIBE));
        WireClient client = asks("id");
        // A compiled route may refer to it for a while.
        Session session = hall.session("id");
        client.disconnect();
        hall.awaitSessions(0);
        isReplaced(plugin);
        assertEquals("id", session.clientId());
    }

    /** Asks and asks. */
    private static final class Curious implements EnhancedAuthenticator {
        @Override
        public String method() {
            return "M";
        }

        @Override
        public Exchange begin(AuthRequest request) {
            return data -> CompletableFuture.completedFuture(
                    data != null && data.asText().equals("in")
                            ? new Step.Success(null, null)
                            : new Step.Continue(Payload.of("?")));
        }
    }

    private static Auth again(String data) {
        return new Auth(
                0x19,
                PropertyList.of(PropertyId.AUTH_METHOD, "M")
                        .with(PropertyId.AUTH_DATA, data.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }

    @Test
    void aClientThatTakesItsTimeToAnswerHoldsNone() {
        WeakReference<Object> plugin = bind(new Curious());
        WireClient client = hall.open(ProtocolVersion.V5);
        client.send(
                Connect.as("id").with(PropertyId.AUTH_METHOD, "M").with(PropertyId.AUTH_DATA, new byte[] {'i', 'n'}));
        assertEquals(0, client.expectConnack().reason());
        client.send(again("x"));
        client.expect(Auth.class);
        isReplaced(plugin);
        client.expectNothing();
    }
}
