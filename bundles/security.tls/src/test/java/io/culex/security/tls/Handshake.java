// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Issued;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A handshake of a client of the JDK with a server, without sockets. */
final class Handshake {
    private final ServerTls server;
    private @Nullable SSLSession clientSession;

    Handshake(ServerTls server) {
        this.server = server;
    }

    /** The server's session after a handshake; the client trusts that authority alone. */
    SSLSession with(Authority trusted, @Nullable Issued client, Issued... above) throws SSLException {
        SslContextBuilder builder = builder(trusted);
        if (client != null) {
            List<X509Certificate> chain = new ArrayList<>(List.of(client.certificate()));
            for (Issued authority : above) {
                chain.add(authority.certificate());
            }
            builder.keyManager(client.key(), chain);
        }
        return with(builder.build());
    }

    SSLSession withProtocol(Authority trusted, String protocol) throws SSLException {
        return with(builder(trusted).protocols(protocol).build());
    }

    /** The client's session of the last handshake. */
    SSLSession clientSession() {
        if (clientSession == null) {
            throw new IllegalStateException("no handshake yet");
        }
        return clientSession;
    }

    private static SslContextBuilder builder(Authority trusted) {
        return SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .trustManager(trusted.own().certificate());
    }

    /** The server's session after a handshake with a client that may have been here before. */
    SSLSession with(SslContext context) throws SSLException {
        SslHandler client = context.newHandler(UnpooledByteBufAllocator.DEFAULT, "localhost", 1);
        SslHandler own = server.handler(UnpooledByteBufAllocator.DEFAULT);
        EmbeddedChannel clientSide = new EmbeddedChannel(client);
        EmbeddedChannel serverSide = new EmbeddedChannel(own);
        try {
            exchange(clientSide, serverSide);
            clientSession = client.engine().getSession();
            if (own.handshakeFuture().isSuccess() && client.handshakeFuture().isSuccess()) {
                // The tickets of TLS 1.3 leave with the first bytes that the server has to say.
                serverSide.writeOutbound(Unpooled.copiedBuffer(new byte[] {1}));
                exchange(clientSide, serverSide);
                return own.engine().getSession();
            }
            Throwable cause = own.handshakeFuture().cause();
            throw new SSLException(cause == null ? client.handshakeFuture().cause() : cause);
        } catch (DecoderException e) {
            throw new SSLException(e);
        } finally {
            close(clientSide);
            close(serverSide);
        }
    }

    /** Carries what two channels have to say to each other until both are silent. */
    static void exchange(EmbeddedChannel one, EmbeddedChannel other) {
        boolean moved = true;
        while (moved) {
            moved = move(one, other) | move(other, one);
        }
    }

    private static boolean move(EmbeddedChannel from, EmbeddedChannel to) {
        boolean moved = false;
        for (Object out = from.readOutbound(); out != null; out = from.readOutbound()) {
            to.writeInbound(out);
            moved = true;
        }
        from.runPendingTasks();
        to.runPendingTasks();
        return moved;
    }

    static void close(EmbeddedChannel channel) {
        try {
            channel.finishAndReleaseAll();
        } catch (DecoderException afterTheFailure) {
            channel.releaseOutbound();
        }
    }
}
