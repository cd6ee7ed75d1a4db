// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.tls;

import io.culex.api.config.GenerationRefusedException;
import io.culex.security.tls.ClientPskTls;
import io.culex.security.tls.ClientTls;
import io.culex.security.tls.ClientTlsSettings;
import io.culex.security.tls.TlsFileException;
import io.culex.transport.DialRequest;
import io.culex.transport.PipelineStage;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;

/** TLS of one connection outward; its files were read for it, so a new connection takes what is on the disk by then. */
final class OutwardPassage implements PipelineStage.Prepared {
    private final Installation installation;

    /** Puts TLS into a pipeline. */
    private interface Installation {
        void into(Channel channel);
    }

    private OutwardPassage(Installation installation) {
        this.installation = installation;
    }

    /** Reads the files; blocks. */
    static OutwardPassage of(DialRequest request, Executor blocking)
            throws GenerationRefusedException, TlsFileException {
        Map<String, String> options = request.stages();
        ClientPskTls psk = OutwardOptions.psk(options);
        if (psk != null) {
            return new OutwardPassage(channel -> channel.pipeline().addLast("tls", psk.handler(agreement -> {})));
        }
        ClientTlsSettings settings = OutwardOptions.certificates(options);
        ClientTls tls = ClientTls.load(settings, blocking);
        InetSocketAddress target = request.target() instanceof InetSocketAddress tcp
                ? tcp
                : InetSocketAddress.createUnresolved("localhost", 0);
        int limit = Math.toIntExact(request.timeout().toMillis());
        return new OutwardPassage(channel -> {
            SslHandler handler = tls.handler(channel.alloc(), target.getHostString(), target.getPort());
            handler.setHandshakeTimeoutMillis(limit);
            channel.pipeline().addLast("tls", handler);
            channel.pipeline().addLast("tls-reason", new Reason());
        });
    }

    @Override
    public void install(Channel channel) {
        installation.into(channel);
    }

    /** Stands behind TLS until its handshake is over: says in plain words why there is none. On the channel's loop. */
    private static final class Reason extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent completion) {
                if (completion.isSuccess()) {
                    ctx.pipeline().remove(this);
                } else {
                    ctx.fireExceptionCaught(new IOException("TLS handshake failed: " + words(completion.cause())));
                }
            }
            ctx.fireUserEventTriggered(event);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            boolean told = cause instanceof DecoderException || cause instanceof SSLException;
            if (!told) {
                ctx.fireExceptionCaught(cause);
            }
        }

        private static String words(Throwable failure) {
            if (failure instanceof NotSslRecordException) {
                return "the other end does not speak TLS";
            }
            Throwable reason = failure;
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                reason = cause;
                if (cause instanceof CertificateException) {
                    break;
                }
            }
            return Objects.toString(reason.getMessage(), reason.getClass().getSimpleName());
        }
    }
}
