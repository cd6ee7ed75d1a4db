// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.culex.api.auth.Peer;
import io.culex.api.config.ListenerSettings;
import io.culex.api.log.SwitchableLog;
import io.culex.transport.Arrival;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the broker is told of a handshake that gave no name. */
class GreetingTest {
    private final HandshakeCount count = new HandshakeCount();
    private final List<Object> behind = new ArrayList<>();

    private static ListenerSettings settings() {
        return new ListenerSettings(
                "8883",
                new ListenerSettings.Binding(8883, null, null, null, ListenerSettings.Family.ANY),
                "mqtt",
                ListenerSettings.Clients.DEFAULTS,
                ListenerSettings.Access.CLOSED,
                Map.of());
    }

    @ParameterizedTest
    @EnumSource(TlsOptions.UsernameSource.class)
    void whoHasNoNameIsLeftToTheBrokerWithoutAnIdentity(TlsOptions.UsernameSource source) throws Exception {
        try (FileWatch watch = new FileWatch(Long.MAX_VALUE / 1_000_000)) {
            Greeting greeting =
                    new Greeting(source, new Surroundings(new SwitchableLog(), watch, count, Clock.systemUTC()));
            EmbeddedChannel channel = new EmbeddedChannel();
            Arrival.note(channel, new Door(settings()), Peer.of("8883", null));
            channel.pipeline()
                    .addLast(new SslHandler(SSLContext.getDefault().createSSLEngine()))
                    .addLast(greeting)
                    .addLast(new ChannelInboundHandlerAdapter() {
                        @Override
                        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                            behind.add(event);
                        }

                        @Override
                        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                            behind.add(cause);
                        }
                    });
            channel.pipeline().fireUserEventTriggered(SslHandshakeCompletionEvent.SUCCESS);
            assertEquals(List.of(SslHandshakeCompletionEvent.SUCCESS), behind);
            Peer peer = Arrival.of(channel).peer();
            assertNull(peer.identity());
            assertNotNull(peer.tls());
            assertNull(channel.pipeline().get(Greeting.class));
            assertEquals(1, count.completed());
            channel.close();
        }
    }
}
