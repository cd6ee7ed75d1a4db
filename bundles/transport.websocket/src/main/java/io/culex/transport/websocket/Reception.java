// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.websocket;

import io.culex.api.auth.Peer;
import io.culex.api.log.LogType;
import io.culex.transport.Arrival;
import io.culex.transport.ListenerClosed;
import io.culex.transport.Page;
import io.culex.transport.StaticFiles;
import io.culex.transport.TrustedNetworks;
import io.culex.transport.WebSocketFrames;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Takes the one HTTP request of a connection: opens the WebSocket and leaves, or sends a file or an error and closes. On the
 * channel's loop.
 */
final class Reception extends ChannelInboundHandlerAdapter {
    private static final int MOST_HEADERS = 100;

    /** How long a client may take nothing of a file, or twice that, as with the HTTP API. */
    private static final int SILENT_SECONDS = 20;

    private final WebSocketOptions options;
    private final Desk desk;
    private final BooleanSupplier over;
    private Opening opening = new Opening(Optional.of(HttpResponseStatus.BAD_REQUEST), "", "");
    private boolean answered;
    private boolean alone;

    /**
     * For one connection.
     *
     * @param over whether its listener has other settings by now
     */
    Reception(WebSocketOptions options, Desk desk, BooleanSupplier over) {
        this.options = options;
        this.desk = desk;
        this.over = over;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (answered) {
                return;
            }
            if (message instanceof HttpRequest request) {
                judge(ctx, request);
            } else if (message instanceof LastHttpContent) {
                open(ctx);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void judge(ChannelHandlerContext ctx, HttpRequest request) {
        Throwable unreadable = request.decoderResult().cause();
        if (unreadable != null || request.headers().size() > MOST_HEADERS) {
            boolean tooLong = unreadable == null || unreadable instanceof TooLongFrameException;
            refuse(
                    ctx,
                    tooLong ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE : HttpResponseStatus.BAD_REQUEST,
                    "not a request of HTTP that can be read");
            return;
        }
        note(Arrival.of(ctx.channel()), request);
        if (Opening.isAskedFor(request)) {
            opening = Opening.of(request, options.origins());
            opening.refusal().ifPresent(status -> refuse(ctx, status, words(status)));
        } else {
            sendFile(ctx, request);
        }
    }

    /** As Mosquitto says it in its log where it does. */
    private static String words(HttpResponseStatus status) {
        return status.equals(HttpResponseStatus.FORBIDDEN)
                ? "non-matching http origin"
                : "not a request for MQTT over WebSocket (" + status.code() + ")";
    }

    private void note(Arrival arrival, HttpRequest request) {
        Peer known = arrival.peer();
        InetSocketAddress claimed = known.claimed();
        TrustedNetworks trusted = options.trusted();
        if (trusted != null) {
            claimed = Forwarding.client(request.headers(), known.socket(), trusted);
        }
        arrival.peer(new Peer(
                known.listener(),
                known.socket(),
                claimed,
                known.tls(),
                known.unix(),
                new Peer.HttpRequest(request.uri(), request.headers().get(HttpHeaderNames.ORIGIN)),
                known.identity()));
    }

    /** The request has ended. What follows are frames, and the decoder of requests hands over what it has of them. */
    private void open(ChannelHandlerContext ctx) {
        answered = true;
        FullHttpResponse response = response(HttpResponseStatus.SWITCHING_PROTOCOLS, new byte[0]);
        response.headers()
                .remove(HttpHeaderNames.CONTENT_LENGTH)
                .set(HttpHeaderNames.UPGRADE, "websocket")
                .set(HttpHeaderNames.CONNECTION, "Upgrade")
                .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, opening.accept())
                .set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, opening.subprotocol());
        ctx.writeAndFlush(response);
        desk.count().open();
        ctx.pipeline().addAfter(ctx.name(), "websocket", new WebSocketFrames());
        ctx.pipeline().remove(this);
        ctx.pipeline().remove(HttpServerCodec.class);
    }

    private void sendFile(ChannelHandlerContext ctx, HttpRequest request) {
        boolean head = request.method().equals(HttpMethod.HEAD);
        if (desk.files().isEmpty()) {
            refuse(ctx, HttpResponseStatus.UPGRADE_REQUIRED, words(HttpResponseStatus.UPGRADE_REQUIRED));
        } else if (over.getAsBoolean()) {
            // Its folder may be nobody's business any more; the next connection finds the one that is.
            refuse(ctx, HttpResponseStatus.SERVICE_UNAVAILABLE, "the settings of the listener have changed");
        } else if (!head && !request.method().equals(HttpMethod.GET)) {
            refuse(ctx, HttpResponseStatus.METHOD_NOT_ALLOWED, words(HttpResponseStatus.METHOD_NOT_ALLOWED));
        } else {
            answered = true;
            StaticFiles files = desk.files().get();
            String target = request.uri();
            boolean waits = desk.reader().read(() -> files.find(target), page -> ctx.executor()
                    .execute(() -> send(ctx, target, page, head)));
            if (waits) {
                sendAway(ctx);
            } else {
                refuse(ctx, HttpResponseStatus.SERVICE_UNAVAILABLE, "too many requests for files");
            }
        }
    }

    /**
     * A file is no business of what stands behind, which gives a client so much time for its CONNECT, and would cut off what takes longer.
     * It lasts as long as some of it is taken.
     */
    private void sendAway(ChannelHandlerContext ctx) {
        alone = true;
        // Nor of the log of clients.
        Arrival.of(ctx.channel()).unannounced(true);
        while (ctx.pipeline().last() != this) {
            ctx.pipeline().removeLast();
        }
        String codec = ctx.pipeline().context(HttpServerCodec.class).name();
        ctx.pipeline()
                .addBefore(codec, "http-stay", new IdleStateHandler(true, 0, SILENT_SECONDS, 0, TimeUnit.SECONDS));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        // Whether some of the file was taken is known from the second one on: the first has nothing to compare with.
        boolean silent = event instanceof IdleStateEvent idle && !idle.isFirst();
        if (alone && (silent || event instanceof ListenerClosed)) {
            ctx.close();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (alone) {
            ctx.close();
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    private void send(ChannelHandlerContext ctx, String target, Optional<Page> page, boolean head) {
        HttpResponseStatus status = page.isPresent() ? HttpResponseStatus.OK : HttpResponseStatus.NOT_FOUND;
        desk.log().log(
                LogType.WEBSOCKETS,
                "HTTP request from " + Arrival.of(ctx.channel()).peer().addressText() + " for " + target + ": "
                        + status.code());
        page.map(found -> send(ctx, found, head))
                .orElseGet(() -> ctx.writeAndFlush(error(status)))
                .addListener(ChannelFutureListener.CLOSE);
    }

    private static ChannelFuture send(ChannelHandlerContext ctx, Page page, boolean headOnly) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        describe(head.headers(), page.length()).set(HttpHeaderNames.CONTENT_TYPE, page.type());
        if (headOnly) {
            page.close();
            ctx.write(head);
            return ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
        }
        return page.send(ctx, head, LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private void refuse(ChannelHandlerContext ctx, HttpResponseStatus status, String words) {
        answered = true;
        desk.count().refuse();
        ctx.writeAndFlush(error(status)).addListener(sent -> ctx.fireExceptionCaught(new IOException(words)));
    }

    private static FullHttpResponse error(HttpResponseStatus status) {
        FullHttpResponse response =
                response(status, (status.reasonPhrase() + ".\n").getBytes(StandardCharsets.US_ASCII));
        HttpHeaders headers = response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain");
        if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
            headers.set(HttpHeaderNames.UPGRADE, "websocket")
                    .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, Opening.VERSION);
        } else if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            headers.set(HttpHeaderNames.ALLOW, "GET");
        }
        return response;
    }

    private static FullHttpResponse response(HttpResponseStatus status, byte[] content) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(content));
        describe(response.headers(), content.length);
        return response;
    }

    private static HttpHeaders describe(HttpHeaders headers, long length) {
        return headers.set(HttpHeaderNames.CONNECTION, "close").set(HttpHeaderNames.CONTENT_LENGTH, length);
    }
}
