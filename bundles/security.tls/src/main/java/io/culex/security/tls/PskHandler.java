// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import io.culex.security.tls.PskTls.Agreement;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsProtocol;
import org.bouncycastle.tls.TlsServerProtocol;
import org.jspecify.annotations.Nullable;

/** Leads the bytes of one connection through BouncyCastle's TLS, which never blocks this way. On the channel's loop. */
final class PskHandler extends ChannelDuplexHandler {
    private final TlsProtocol protocol;
    private final Begin begin;
    private final Supplier<@Nullable Agreement> outcome;
    private final Queue<Early> early = new ArrayDeque<>();
    private @Nullable Consumer<Agreement> agreed;
    private boolean failed;

    /** Starts the handshake. */
    private interface Begin {
        void begin() throws IOException;
    }

    /** What was written before the handshake was over. */
    private record Early(ByteBuf plain, ChannelPromise promise) {}

    private PskHandler(
            TlsProtocol protocol, Begin begin, Supplier<@Nullable Agreement> outcome, Consumer<Agreement> agreed) {
        this.protocol = protocol;
        this.begin = begin;
        this.outcome = outcome;
        this.agreed = agreed;
    }

    static PskHandler of(PskServer server, Consumer<Agreement> agreed) {
        TlsServerProtocol protocol = new TlsServerProtocol();
        return new PskHandler(protocol, () -> protocol.accept(server), server::agreement, agreed);
    }

    static PskHandler of(PskClient client, Consumer<Agreement> agreed) {
        TlsClientProtocol protocol = new TlsClientProtocol();
        return new PskHandler(protocol, () -> protocol.connect(client), client::agreement, agreed);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws IOException {
        begin.begin();
        if (ctx.channel().isActive()) {
            send(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        send(ctx);
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        failed = true;
        forgetEarly();
        ctx.fireChannelInactive();
    }

    private void forgetEarly() {
        for (Early next = early.poll(); next != null; next = early.poll()) {
            next.plain().release();
            next.promise().tryFailure(new ClosedChannelException());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        byte[] bytes = new byte[in.readableBytes()];
        in.readBytes(bytes).release();
        if (failed || protocol.isClosed()) {
            return;
        }
        try {
            protocol.offerInput(bytes);
            send(ctx);
            tellAgreement(ctx);
            receive(ctx);
            if (protocol.isClosed()) {
                leave(ctx);
            }
        } catch (IOException | RuntimeException e) {
            failed = true;
            send(ctx);
            String words = Objects.toString(e.getMessage(), e.getClass().getSimpleName());
            ctx.fireExceptionCaught(new IOException("TLS handshake failed: " + words, e));
            ctx.close();
        }
    }

    /** The other end sends no more. What it has sent is still read where someone does that for channels that are half open. */
    private static void leave(ChannelHandlerContext ctx) {
        if (Boolean.TRUE.equals(ctx.channel().config().getOption(ChannelOption.ALLOW_HALF_CLOSURE))) {
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        } else {
            ctx.close();
        }
    }

    private void tellAgreement(ChannelHandlerContext ctx) throws IOException {
        Agreement agreement = outcome.get();
        Consumer<Agreement> tell = agreed;
        if (agreement != null && tell != null) {
            agreed = null;
            tell.accept(agreement);
            for (Early next = early.poll(); next != null; next = early.poll()) {
                write(ctx, next.plain(), next.promise());
            }
            ctx.flush();
        }
    }

    private void receive(ChannelHandlerContext ctx) {
        int available = protocol.getAvailableInputBytes();
        if (available > 0) {
            byte[] bytes = new byte[available];
            protocol.readInput(bytes, 0, available);
            ctx.fireChannelRead(Unpooled.wrappedBuffer(bytes));
        }
    }

    private void send(ChannelHandlerContext ctx) {
        ByteBuf out = output();
        if (out.isReadable()) {
            ctx.writeAndFlush(out, ctx.voidPromise());
        }
    }

    private ByteBuf output() {
        byte[] bytes = new byte[protocol.getAvailableOutputBytes()];
        protocol.readOutput(bytes, 0, bytes.length);
        return Unpooled.wrappedBuffer(bytes);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws IOException {
        ByteBuf plain = (ByteBuf) message;
        if (!plain.isReadable()) {
            // Somebody waits for what was written before; of a handshake that goes on that is nothing.
            ctx.write(plain, promise);
            return;
        }
        if (agreed != null && !failed && !protocol.isClosed()) {
            early.add(new Early(plain, promise));
            return;
        }
        byte[] bytes = new byte[plain.readableBytes()];
        plain.readBytes(bytes).release();
        if (bytes.length > 0 && !failed && !protocol.isClosed()) {
            protocol.writeApplicationData(bytes, 0, bytes.length);
        }
        ctx.write(output(), promise);
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) throws IOException {
        if (!protocol.isClosed()) {
            try {
                protocol.close();
            } catch (IOException duringHandshake) {
                // Nothing is promised to the other end before it is over.
            }
            send(ctx);
        }
        ctx.close(promise);
    }
}
