// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import io.culex.security.tls.PskTls.Agreement;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Consumer;
import org.bouncycastle.tls.TlsServerProtocol;
import org.jspecify.annotations.Nullable;

/** Leads the bytes of one connection through BouncyCastle's TLS, which never blocks this way. On the channel's loop. */
final class PskHandler extends ChannelDuplexHandler {
    private final TlsServerProtocol protocol = new TlsServerProtocol();
    private final PskServer server;
    private @Nullable Consumer<Agreement> agreed;
    private boolean failed;

    PskHandler(PskServer server, Consumer<Agreement> agreed) {
        this.server = server;
        this.agreed = agreed;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws IOException {
        protocol.accept(server);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        byte[] bytes = new byte[in.readableBytes()];
        in.readBytes(bytes).release();
        if (failed) {
            return;
        }
        try {
            protocol.offerInput(bytes);
            send(ctx);
            tellAgreement();
            receive(ctx);
            if (protocol.isClosed()) {
                ctx.close();
            }
        } catch (IOException | RuntimeException e) {
            failed = true;
            send(ctx);
            String words = Objects.toString(e.getMessage(), e.getClass().getSimpleName());
            ctx.fireExceptionCaught(new IOException("TLS handshake failed: " + words, e));
            ctx.close();
        }
    }

    private void tellAgreement() {
        Agreement agreement = server.agreement();
        Consumer<Agreement> tell = agreed;
        if (agreement != null && tell != null) {
            agreed = null;
            tell.accept(agreement);
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
        byte[] bytes = new byte[plain.readableBytes()];
        plain.readBytes(bytes).release();
        if (bytes.length > 0 && agreed == null && !protocol.isClosed()) {
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
                // Nothing is promised to a client that has not come in.
            }
            send(ctx);
        }
        ctx.close(promise);
    }
}
