// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.tls;

import io.culex.api.auth.Peer;
import io.culex.api.auth.TlsFacts;
import io.culex.api.log.LogType;
import io.culex.security.tls.SubjectNames;
import io.culex.transport.Arrival;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.CipherSuiteConverter;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Stands behind TLS until its handshake is over: notes who came in, or says why nobody did. On the channel's loop. */
final class Greeting extends ChannelInboundHandlerAdapter {
    private final TlsOptions.UsernameSource source;
    private final Surroundings surroundings;
    private boolean failed;

    Greeting(TlsOptions.UsernameSource source, Surroundings surroundings) {
        this.source = source;
        this.surroundings = surroundings;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent completion) {
            if (completion.isSuccess()) {
                surroundings.count().complete();
                note(Arrival.of(ctx.channel()), ctx.pipeline().get(SslHandler.class));
                ctx.pipeline().remove(this);
            } else {
                fail();
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    private void fail() {
        if (!failed) {
            failed = true;
            surroundings.count().fail();
        }
    }

    /** Only before the handshake is over. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Throwable reason = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        fail();
        if (reason instanceof NotSslRecordException) {
            surroundings.log().log(
                    LogType.NOTICE,
                    "Client from %s appears to be connecting without TLS to a TLS listener."
                            .formatted(Arrival.of(ctx.channel()).peer().addressText()));
            ctx.fireExceptionCaught(new IOException("TLS handshake failed: not a TLS record"));
        } else {
            ctx.fireExceptionCaught(new IOException("TLS handshake failed: " + words(reason)));
        }
    }

    private static String words(Throwable reason) {
        return Objects.toString(reason.getMessage(), reason.getClass().getSimpleName());
    }

    /** Where a certificate is to name him and does not, there is no identity: the broker refuses him when his CONNECT has come. */
    private void note(Arrival arrival, SslHandler handler) {
        SSLSession session = handler.engine().getSession();
        // Asking for what nobody was asked for throws, with a trace of the stack, in every handshake.
        List<X509Certificate> chain = handler.engine().getNeedClientAuth() ? chain(session) : List.of();
        X509Certificate own = chain.isEmpty() ? null : chain.get(0);
        String commonName = own == null ? null : SubjectNames.commonName(own).orElse(null);
        String subject = own == null ? null : SubjectNames.subject(own);
        TlsFacts facts = new TlsFacts(
                TlsFacts.Source.TLS,
                session.getProtocol(),
                cipher(session.getCipherSuite()),
                chain,
                commonName,
                subject,
                null);
        @Nullable
        String identity =
                switch (source) {
                    case CONNECT -> null;
                    case COMMON_NAME -> commonName;
                    case SUBJECT ->
                        subject == null ? null : SubjectNames.sound(subject).orElse(null);
                };
        Peer known = arrival.peer();
        arrival.peer(new Peer(
                known.listener(), known.socket(), known.claimed(), facts, known.unix(), known.http(), identity));
    }

    private static List<X509Certificate> chain(SSLSession session) {
        try {
            return Arrays.stream(session.getPeerCertificates())
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException none) {
            return List.of();
        }
    }

    /** As OpenSSL names it, as in Mosquitto's log. */
    private static String cipher(String suite) {
        return Objects.requireNonNullElse(CipherSuiteConverter.toOpenSsl(suite, false), suite);
    }
}
