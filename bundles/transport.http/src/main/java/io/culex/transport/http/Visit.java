// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.http;

import io.culex.api.auth.Access;
import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.log.LogType;
import io.culex.api.message.ReasonCode;
import io.culex.transport.Arrival;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one connection, one after the other: who asks, whether that one may, what there is (SPEC H.7). Nothing is read
 * while an answer is on its way. On the channel's loop.
 */
final class Visit extends SimpleChannelInboundHandler<FullHttpRequest> {
    /** The Client Identifier that plugins see. */
    static final String CLIENT_ID = "http-api";

    /** The event after which no request is taken any more: the one in hand is answered, then the connection ends. */
    static final Object LAST = new Object();

    private static final int PROTOCOL_LEVEL = 5;

    /** How long a request may take until it is complete, as long as a CONNECT: one byte now and then is no silence. */
    private static final int REQUEST_SECONDS = 30;

    private static final Pattern AUTHORITY = Pattern.compile("https?://[^/?#]+", Pattern.CASE_INSENSITIVE);

    /** The characters of a host and a port (RFC 3986, 3.2.2); none where the target has no authority. */
    private static final Pattern HOST = Pattern.compile("[\\w.~!$&'()*+,;=:%\\[\\]-]*");

    /** Options by which a listener takes names from nowhere but a certificate or a key. */
    private static final List<String> NAMING = List.of("use_identity_as_username", "use_subject_as_username");

    private final Desk desk;
    private @Nullable Future<?> tooLate;
    private boolean inHand;
    private boolean last;

    Visit(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        awaitRequest(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stopWaiting();
    }

    private void awaitRequest(ChannelHandlerContext ctx) {
        tooLate = ctx.executor().schedule((Runnable) ctx::close, REQUEST_SECONDS, TimeUnit.SECONDS);
    }

    private void stopWaiting() {
        Future<?> now = tooLate;
        if (now != null) {
            now.cancel(false);
            tooLate = null;
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == LAST) {
            last = true;
            if (!inHand) {
                ctx.close();
            }
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        inHand = true;
        stopWaiting();
        // Where one that cannot be read ends, and the next one begins, nobody knows.
        last |= request.decoderResult().isFailure();
        boolean headOnly = request.method().equals(HttpMethod.HEAD);
        String target = request.uri();
        ctx.channel().config().setAutoRead(false);
        Consumer<Answer> reply = answer -> ctx.executor().execute(() -> send(ctx, target, answer, headOnly));
        String path = path(request);
        if (path == null) {
            reply.accept(Answer.error(HttpResponseStatus.BAD_REQUEST));
        } else if (!headOnly && !request.method().equals(HttpMethod.GET)) {
            reply.accept(Answer.error(HttpResponseStatus.METHOD_NOT_ALLOWED));
        } else {
            identify(Arrival.of(ctx.channel()), request, path, reply);
        }
    }

    /** The path that is decided about and looked for; null when there is nothing to be read from the request. */
    private static @Nullable String path(FullHttpRequest request) {
        if (request.decoderResult().isFailure() || !namesItsHost(request)) {
            return null;
        }
        try {
            return new QueryStringDecoder(origin(request.uri())).path();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Once, as RFC 9112, 3.2 demands of HTTP/1.1: what stands in front may have understood another host. */
    private static boolean namesItsHost(FullHttpRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        return hosts.isEmpty()
                ? request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0
                : hosts.size() == 1 && HOST.matcher(hosts.get(0)).matches();
    }

    /** A target may be a whole address (RFC 9112, 3.2.2); what counts is what stands behind the host. */
    private static String origin(String target) {
        Matcher matcher = AUTHORITY.matcher(target);
        if (!matcher.lookingAt()) {
            return target;
        }
        String rest = target.substring(matcher.end());
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    /** Plain names from the root: what is permitted for a path must be what stands there, and a topic has no wildcards. */
    private static boolean isPlain(String path) {
        return path.startsWith("/")
                && !(path + "/").contains("/../")
                && !(path + "/").contains("/./")
                && !path.contains("//")
                && path.chars().noneMatch(c -> c < ' ' || c == '+' || c == '#');
    }

    private void identify(Arrival arrival, FullHttpRequest request, String path, Consumer<Answer> reply) {
        Peer known = arrival.peer();
        if (known.identity() == null
                && NAMING.stream().anyMatch(arrival.settings().stages()::containsKey)) {
            // A certificate without a name: what the request says of one does not count here.
            reply.accept(Answer.error(HttpResponseStatus.FORBIDDEN));
            return;
        }
        Optional<Credentials> given = Credentials.of(request.headers().get(HttpHeaderNames.AUTHORIZATION));
        if (given.isEmpty()) {
            reply.accept(Answer.error(HttpResponseStatus.UNAUTHORIZED));
            return;
        }
        Peer peer = new Peer(
                known.listener(),
                known.socket(),
                known.claimed(),
                known.tls(),
                known.unix(),
                new Peer.HttpRequest(request.uri(), request.headers().get(HttpHeaderNames.ORIGIN)),
                known.identity());
        String identity = known.identity();
        String username = identity == null ? given.get().username() : identity;
        desk.access()
                .authenticate(new AuthRequest(
                        CLIENT_ID, username, identity == null ? given.get().password() : null, PROTOCOL_LEVEL, peer))
                .thenAccept(answer -> decided(answer, new Subject(CLIENT_ID, username, peer), path, reply));
    }

    private void decided(AuthAnswer answer, Subject subject, String path, Consumer<Answer> reply) {
        if (answer instanceof AuthAnswer.Deny deny) {
            boolean later = deny.reason() == ReasonCode.SERVER_UNAVAILABLE || deny.reason() == ReasonCode.SERVER_BUSY;
            reply.accept(
                    Answer.error(later ? HttpResponseStatus.SERVICE_UNAVAILABLE : HttpResponseStatus.UNAUTHORIZED));
        } else if (!isPlain(path)) {
            reply.accept(Answer.error(HttpResponseStatus.NOT_FOUND));
        } else if (!desk.access().allows(Access.READ, subject, path)) {
            // Who has not said who it is may do so now.
            reply.accept(Answer.error(
                    subject.username() == null ? HttpResponseStatus.UNAUTHORIZED : HttpResponseStatus.FORBIDDEN));
        } else {
            show(path, reply);
        }
    }

    private void show(String path, Consumer<Answer> reply) {
        Optional<Views.View> view = desk.views().at(path);
        if (view.isPresent()) {
            reply.accept(Answer.of(view.get()));
        } else if (desk.files().isEmpty()) {
            reply.accept(Answer.error(HttpResponseStatus.NOT_FOUND));
        } else {
            boolean waits = desk.reader()
                    .read(
                            () -> desk.files().get().at(path),
                            page -> reply.accept(
                                    page.map(Answer::of).orElseGet(() -> Answer.error(HttpResponseStatus.NOT_FOUND))));
            if (!waits) {
                reply.accept(Answer.error(HttpResponseStatus.SERVICE_UNAVAILABLE));
            }
        }
    }

    private void send(ChannelHandlerContext ctx, String target, Answer answer, boolean headOnly) {
        int status = answer.status().code();
        desk.count().answered(status);
        boolean refused = answer.status().equals(HttpResponseStatus.UNAUTHORIZED)
                || answer.status().equals(HttpResponseStatus.FORBIDDEN);
        desk.log().log(
                refused ? LogType.NOTICE : LogType.WEBSOCKETS,
                "HTTP request from " + Arrival.of(ctx.channel()).peer().addressText() + " for " + target + ": "
                        + status);
        // The next request is read when this answer is on its way: who asks and never reads must not fill the memory.
        answer.send(ctx, headOnly, last).addListener((ChannelFutureListener) sent -> {
            inHand = false;
            if (sent.isSuccess() && !last) {
                awaitRequest(ctx);
                sent.channel().config().setAutoRead(true);
            } else {
                sent.channel().close();
            }
        });
    }
}
