// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of a WebSocket (RFC 6455) whose binary messages are one stream of bytes in each direction: where frames begin and
 * end means nothing. Bytes go on as they come, so a frame that only announces its size costs nothing. It stays in the pipeline for as
 * long as the connection lives. On the channel's loop.
 */
public final class WebSocketFrames extends ChannelDuplexHandler {
    /** Close codes of RFC 6455, section 7.4.1. */
    private static final int NORMAL = 1000;

    private static final int PROTOCOL_ERROR = 1002;
    private static final int UNACCEPTABLE = 1003;
    private static final int FIRST_AFTER_RESERVED = 1007;
    private static final int LAST_DEFINED = 1014;
    private static final int LIBRARIES = 3000;
    private static final int LAST_PRIVATE = 4999;

    private static final int FIN = 0x80;
    private static final int LONGEST_CONTROL = 125;

    /** How long the other end may take for a goodbye. */
    private static final int GOODBYE_SECONDS = 3;

    private final WebSocketHead head = new WebSocketHead();
    private final byte[] control = new byte[LONGEST_CONTROL];
    private long left;
    private long position;
    private boolean inFrame;
    private boolean inMessage;
    private boolean over;
    private boolean saidGoodbye;

    /** The payload of the last PING, which is not answered yet. */
    private byte @Nullable [] owed;

    /** For a connection whose request was answered with 101. */
    public WebSocketFrames() {}

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            while (in.isReadable() && !over) {
                if (inFrame) {
                    payload(ctx, in);
                } else if (head.read(in)) {
                    begin(ctx);
                }
            }
        } finally {
            in.release();
        }
    }

    private void begin(ChannelHandlerContext ctx) {
        String mistake = mistake();
        if (mistake != null) {
            fail(ctx, PROTOCOL_ERROR, mistake);
        } else if (head.opcode() == WebSocketHead.TEXT) {
            fail(ctx, UNACCEPTABLE, "a text message");
        } else {
            inFrame = true;
            left = head.length();
            position = 0;
            if (left == 0) {
                end(ctx);
            }
        }
    }

    private @Nullable String mistake() {
        if (head.reserved() != 0) {
            return "reserved bits";
        }
        if (!head.isMasked()) {
            return "an unmasked frame";
        }
        return switch (head.opcode()) {
            case WebSocketHead.CONTINUATION -> inMessage ? length() : "a continuation of nothing";
            case WebSocketHead.TEXT, WebSocketHead.BINARY -> inMessage ? "a message inside another" : length();
            case WebSocketHead.CLOSE, WebSocketHead.PING, WebSocketHead.PONG ->
                head.isFinal() && head.length() >= 0 && head.length() <= LONGEST_CONTROL
                        ? null
                        : "a control frame too long";
            default -> "an unknown opcode";
        };
    }

    private @Nullable String length() {
        return head.length() < 0 ? "a length below zero" : null;
    }

    private void payload(ChannelHandlerContext ctx, ByteBuf in) {
        int bytes = (int) Math.min(left, in.readableBytes());
        ByteBuf part = in.readRetainedSlice(bytes);
        head.unmask(part, position);
        if (head.isControl()) {
            part.readBytes(control, (int) position, bytes).release();
        }
        position += bytes;
        left -= bytes;
        if (!head.isControl()) {
            ctx.fireChannelRead(part);
        }
        if (left == 0) {
            end(ctx);
        }
    }

    private void end(ChannelHandlerContext ctx) {
        inFrame = false;
        switch (head.opcode()) {
            case WebSocketHead.PING -> {
                owed = Arrays.copyOf(control, (int) position);
                pong(ctx);
            }
            case WebSocketHead.CLOSE -> {
                over = true;
                leave(ctx, goodbye(ctx, answer()));
            }
            case WebSocketHead.PONG -> {
                // Nobody asked.
            }
            default -> inMessage = !head.isFinal();
        }
    }

    /** Who does not read its answers gets that to the last PING alone (RFC 6455, section 5.5.3): they must not fill the memory. */
    private void pong(ChannelHandlerContext ctx) {
        byte[] payload = owed;
        if (payload != null && !saidGoodbye && ctx.channel().isWritable()) {
            owed = null;
            ctx.writeAndFlush(frame(ctx, WebSocketHead.PONG, payload.length).writeBytes(payload));
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        pong(ctx);
        ctx.fireChannelWritabilityChanged();
    }

    /** The code that answers a Close: its own, unless it has none, or one that nobody may send (RFC 6455, section 7.4). */
    private int answer() {
        if (position == 0) {
            return NORMAL;
        }
        int code = position == 1 ? 0 : (control[0] & 0xff) << 8 | control[1] & 0xff;
        boolean defined =
                code >= NORMAL && code <= LAST_DEFINED && (code <= UNACCEPTABLE || code >= FIRST_AFTER_RESERVED);
        return defined || (code >= LIBRARIES && code <= LAST_PRIVATE) ? code : PROTOCOL_ERROR;
    }

    /**
     * The client sends nothing more, as if it had shut its half of the socket. An endpoint that reads on what it holds then closes
     * the channel itself; for any other one it ends here.
     */
    private static void leave(ChannelHandlerContext ctx, ChannelFuture answered) {
        if (Boolean.TRUE.equals(ctx.channel().config().getOption(ChannelOption.ALLOW_HALF_CLOSURE))) {
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        } else {
            answered.addListener(ChannelFutureListener.CLOSE);
            endInTime(ctx, answered);
        }
    }

    private void fail(ChannelHandlerContext ctx, int code, String mistake) {
        over = true;
        goodbye(ctx, code);
        ctx.fireExceptionCaught(new IOException("WebSocket protocol error: " + mistake));
    }

    private ChannelFuture goodbye(ChannelHandlerContext ctx, int code) {
        saidGoodbye = true;
        return ctx.writeAndFlush(frame(ctx, WebSocketHead.CLOSE, 2).writeShort(code));
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ByteBuf payload = (ByteBuf) message;
        int bytes = payload.readableBytes();
        if (bytes == 0 || saidGoodbye) {
            payload.release();
            ctx.write(Unpooled.EMPTY_BUFFER, promise);
            return;
        }
        ctx.write(frame(ctx, WebSocketHead.BINARY, bytes), ctx.voidPromise());
        ctx.write(payload, promise);
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (saidGoodbye || !ctx.channel().isActive()) {
            ctx.close(promise);
        } else {
            ChannelFuture said = goodbye(ctx, NORMAL);
            said.addListener(sent -> ctx.close(promise));
            endInTime(ctx, said);
        }
    }

    /** Ends it without the goodbye where that is not taken: who does not read would else stay for ever. */
    private static void endInTime(ChannelHandlerContext ctx, ChannelFuture said) {
        if (!said.isDone()) {
            Future<?> late = ctx.executor().schedule((Runnable) ctx::close, GOODBYE_SECONDS, TimeUnit.SECONDS);
            said.addListener(sent -> late.cancel(false));
        }
    }

    /** A buffer that begins with the head of a whole frame and has room for a short payload. */
    private static ByteBuf frame(ChannelHandlerContext ctx, int opcode, int bytes) {
        ByteBuf head = ctx.alloc().directBuffer(bytes <= LONGEST_CONTROL ? 2 + LONGEST_CONTROL : 10);
        head.writeByte(FIN | opcode);
        if (bytes <= LONGEST_CONTROL) {
            return head.writeByte(bytes);
        }
        return bytes <= 0xffff
                ? head.writeByte(126).writeShort(bytes)
                : head.writeByte(127).writeLong(bytes);
    }
}
