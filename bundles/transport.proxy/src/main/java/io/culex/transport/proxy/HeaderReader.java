// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.proxy;

import io.culex.api.auth.Peer;
import io.culex.api.auth.TlsFacts;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.transport.Arrival;
import io.culex.transport.TrustedNetworks;
import io.culex.transport.proxy.ProxyHeader.TlsClaim;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header that a proxy sends first, however it is cut, notes for whom the connection is, and leaves. Whoever says
 * nothing at all, or only looks whether the broker is well, leaves no line in the log. On the channel's loop.
 */
final class HeaderReader extends ByteToMessageDecoder {
    static final int LIMIT_SECONDS = 5;

    private final ProxyOptions options;
    private final BrokerLog log;
    private final HeaderCount count;
    private @Nullable Future<?> limit;
    private @Nullable ProxyHeader taken;
    private boolean refused;

    HeaderReader(ProxyOptions options, BrokerLog log, HeaderCount count) {
        this.options = options;
        this.log = log;
        this.count = count;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        Peer peer = Arrival.of(ctx.channel()).peer();
        InetSocketAddress socket = peer.socket();
        TrustedNetworks trusted = options.trusted();
        if (trusted != null && socket != null && !trusted.contain(socket.getAddress())) {
            refuse(ctx, from(ctx) + " rejected, it is no trusted proxy.");
            return;
        }
        limit = ctx.executor().schedule(() -> late(ctx), LIMIT_SECONDS, TimeUnit.SECONDS);
        ctx.fireChannelActive();
    }

    private void late(ChannelHandlerContext ctx) {
        if (taken == null) {
            refuse(ctx, from(ctx) + " rejected, no PROXY header in " + LIMIT_SECONDS + " seconds.");
        } else {
            leave(ctx, taken);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (refused) {
            in.skipBytes(in.readableBytes());
        } else if (taken == null) {
            read(ctx, in);
        } else {
            leave(ctx, taken);
        }
    }

    private void read(ChannelHandlerContext ctx, ByteBuf in) {
        try {
            Optional<ProxyHeader> header = options.version() == 1 ? TextHeader.read(in) : BinaryHeader.read(in);
            if (header.isPresent()) {
                count.take();
                take(ctx, header.get());
            }
        } catch (HeaderException e) {
            in.skipBytes(in.readableBytes());
            refuse(ctx, e);
        }
    }

    /**
     * A proxy that looks whether the broker is well sends a header, for itself or for nobody in particular, and nothing behind
     * it: only what follows shows that there is a client.
     */
    private void take(ChannelHandlerContext ctx, ProxyHeader header) {
        taken = header;
        TlsClaim tls = header.tls();
        Arrival arrival = Arrival.of(ctx.channel());
        Peer known = arrival.peer();
        arrival.peer(new Peer(
                known.listener(),
                known.socket(),
                header.source(),
                facts(tls),
                known.unix(),
                known.http(),
                identity(tls)));
        if (header.forClient()) {
            check(ctx, tls);
        }
    }

    private void check(ChannelHandlerContext ctx, @Nullable TlsClaim tls) {
        if (options.requireTls() && (tls == null || !tls.isUsed())) {
            refuse(ctx, from(ctx) + " rejected, client did not connect using TLS.");
        } else if (options.requireCertificate() && (tls == null || !tls.isVerified())) {
            refuse(ctx, from(ctx) + " rejected, client did not provide a certificate.");
        }
    }

    private void leave(ChannelHandlerContext ctx, ProxyHeader header) {
        TlsClaim tls = header.tls();
        check(ctx, tls);
        if (refused) {
            return;
        }
        Arrival.of(ctx.channel()).unannounced(false);
        if (tls != null && tls.version() != null && tls.cipher() != null && log.connectionMessages()) {
            log.log(LogType.NOTICE, from(ctx) + " negotiated " + tls.version() + " cipher " + tls.cipher());
        }
        ctx.pipeline().remove(this);
    }

    private static String from(ChannelHandlerContext ctx) {
        return "Connection from " + Arrival.of(ctx.channel()).peer().addressText();
    }

    private static @Nullable TlsFacts facts(@Nullable TlsClaim tls) {
        if (tls == null || !tls.isUsed()) {
            return null;
        }
        return new TlsFacts(
                TlsFacts.Source.PROXY,
                Objects.requireNonNullElse(tls.version(), ""),
                Objects.requireNonNullElse(tls.cipher(), ""),
                List.of(),
                tls.isVerified() ? tls.commonName() : null,
                null,
                null);
    }

    /** Null where there is no name: the broker refuses him when his CONNECT has come. */
    private @Nullable String identity(@Nullable TlsClaim tls) {
        if (!options.nameOfCertificate() || tls == null || !tls.isVerified()) {
            return null;
        }
        String name = tls.commonName();
        return name == null || name.isEmpty() ? null : name;
    }

    private void refuse(ChannelHandlerContext ctx, HeaderException e) {
        if (!e.isCorrupt()) {
            count.refuse();
            Arrival.of(ctx.channel()).unannounced(false);
            end(ctx, "bad socket read/write: Invalid input");
        } else if (options.version() == 1) {
            refuse(ctx, "Connection rejected, corrupt PROXY header.");
        } else {
            refuse(ctx, from(ctx) + " rejected, corrupt PROXY header.");
        }
    }

    private void refuse(ChannelHandlerContext ctx, String line) {
        count.refuse();
        log.log(LogType.NOTICE, line);
        Arrival.of(ctx.channel()).unannounced(true);
        end(ctx, "rejected");
    }

    /** The endpoint takes it as the end of the connection. */
    private void end(ChannelHandlerContext ctx, String words) {
        refused = true;
        stopLimit();
        ctx.fireExceptionCaught(new IOException(words));
        ctx.close();
    }

    private void stopLimit() {
        if (limit != null) {
            limit.cancel(false);
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        stopLimit();
    }
}
