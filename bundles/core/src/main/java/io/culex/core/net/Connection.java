// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.auth.Peer;
import io.culex.api.message.ReasonCode;
import io.culex.codec.MalformedPacketException;
import io.culex.codec.ProtocolVersion;
import io.culex.core.loop.Counter;
import io.culex.core.loop.Loop;
import io.culex.core.session.Services;
import io.culex.core.session.Session;
import io.culex.transport.Arrival;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One MQTT connection: bytes in, packets to the {@link Packets} of its session, and its end. It can be paused at any packet
 * boundary; nobody else touches auto-read. On its channel's loop.
 */
final class Connection implements Input.Course {
    private final NetServices net;
    private final Services services;
    private final Arrival arrival;
    private final Input input;
    private final Doorway doorway;
    private final Leaving leaving;
    private final KeepAlive keepAlive = new KeepAlive(this);
    private final Packets packets = new Packets(this);
    private final Journal journal;
    private final Pause pause = new Pause();
    private Loop loop;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Output output;
    private @Nullable Session session;
    private @Nullable ClientLink link;
    private String name = "<unknown>";
    private boolean ended;

    Connection(NetServices net, Loop loop, Arrival arrival) {
        this.net = net;
        this.services = net.services();
        this.journal = new Journal(this, arrival, services.log());
        this.loop = loop;
        this.arrival = arrival;
        this.input = new Input(services.current().broker().limits().maxPacketBytes());
        this.doorway = new Doorway(services.current(), arrival.settings(), input);
        this.leaving = new Leaving(this, input);
    }

    Services services() {
        return services;
    }

    NetServices net() {
        return net;
    }

    Journal journal() {
        return journal;
    }

    Packets packets() {
        return packets;
    }

    Loop loop() {
        return loop;
    }

    Peer peer() {
        return arrival.peer();
    }

    /** Of the CONNECT; null before. */
    @Nullable
    ProtocolVersion version() {
        return input.version();
    }

    boolean isEstablished() {
        return session != null;
    }

    /** The session; only after CONNACK. */
    Session session() {
        return Objects.requireNonNull(session);
    }

    Output output() {
        return Objects.requireNonNull(output);
    }

    ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    String name() {
        return name;
    }

    void name(String clientId) {
        name = clientId.isEmpty() ? name : clientId;
    }

    Leaving leaving() {
        return leaving;
    }

    /** What it came in by, as the configuration has it now. */
    Doorway doorway() {
        return doorway;
    }

    void opened(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        output = new Output(ctx, loop, this::flushed);
        loop.counters().increment(Counter.SOCKETS);
        loop.counters().increment(Counter.CLIENTS_CONNECTED);
        keepAlive.connectWithin(doorway.connectTimeoutMillis());
        journal.arrived(arrival.listener().port());
    }

    private void flushed() {
        ClientLink now = link;
        if (now != null) {
            now.flushed();
        }
    }

    void received(ByteBuf in) {
        loop.counters().add(Counter.BYTES_RECEIVED, in.readableBytes());
        if (ended) {
            in.release();
            return;
        }
        journal.began(in);
        input.add(in, context().alloc());
        process();
    }

    private void stopReading() {
        context().channel().config().setAutoRead(false);
    }

    /** Reads packets until there are no more, or a pause begins. */
    private void process() {
        try {
            input.read(packets, this, context().alloc());
        } catch (MalformedPacketException e) {
            packets.malformed(e);
        }
        packets.login().begin();
        if (pause.stopsReading()) {
            stopReading();
        }
    }

    /** Not what a pause holds back; a packet that needs a plugin waits while the gate is not open. */
    @Override
    public boolean mayRead(int type) {
        return pause.lets(type) && !ended && packets.areDue(type) && (doorway.pass() || packets.passGate(type));
    }

    @Override
    public void hasRead() {
        keepAlive.heard(loop.wheel().tick());
    }

    @Override
    public void rests() {
        doorway.leave();
    }

    @Override
    public boolean isOver() {
        return ended;
    }

    /** Why it does not read now. */
    Pause paused() {
        return pause;
    }

    /** Begins a pause for a reason. AUTH and CONTROL begin with a packet, after which it is seen whether there is more to read. */
    void pause(int reason) {
        pause.begin(reason);
        if (reason != Pause.AUTH && reason != Pause.CONTROL) {
            stopReading();
        }
    }

    /** Ends a pause; reads on when it was the last. */
    void resume(int reason) {
        if (pause.end(reason) && !ended) {
            goOn();
            if (pause.stopsReading() || ended) {
                return;
            }
            if (!leaving.hasBegun()) {
                context().channel().config().setAutoRead(true);
            } else if (!pause.isOn() && !input.isReading()) {
                finish(Goodbye.BY_CLIENT);
            }
        }
    }

    /** Reads what is there. Who calls has others to serve: what goes wrong ends this connection, as it does when bytes come. */
    void goOn() {
        try {
            if (input.holds()) {
                process();
            }
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    /** Something went wrong with it that is not the network's doing. */
    private void failed(Throwable cause) {
        journal.failed(cause);
        lost(String.valueOf(cause.getMessage()));
        context().close();
    }

    /** It lives on another loop from now on. */
    void movedTo(Loop home) {
        loop = home;
        output().moved(home);
    }

    /** Its CONNECT is accepted. */
    void established(Session owner, ClientLink as, int keepAliveSeconds) {
        session = owner;
        link = as;
        keepAlive.every(keepAliveSeconds);
    }

    KeepAlive keepAlive() {
        return keepAlive;
    }

    /** The channel takes more again. */
    void writable() {
        output().writable();
        flushed();
    }

    /** Ends the connection from this side: an MQTT 5 client is told why, the will is published. */
    void end(ReasonCode reason, String words) {
        if (!ended) {
            packets.sayGoodbye(reason);
            lost(words, false, reason);
            closeChannel();
        }
    }

    /** Ends the connection when what there is to say has been written. */
    void finish(String words) {
        lost(words);
        closeChannel();
    }

    /** The client has said goodbye. */
    void endedByClient(boolean graceful) {
        if (!ended) {
            lost("", graceful, graceful ? ReasonCode.SUCCESS : ReasonCode.DISCONNECT_WITH_WILL);
            closeChannel();
        }
    }

    /** Writes what is left and closes the channel. */
    void closeChannel() {
        ended = true;
        keepAlive.closing();
        context().channel().config().setAutoRead(false);
        output().flushLast(
                        () -> context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE));
    }

    /** The channel is closed. What was held back for the sake of receivers is read before the end. */
    void closed() {
        leaving.readHeldBack();
        lost(Goodbye.BY_CLIENT);
    }

    /** The channel is gone, or the connection ends without a word. */
    void lost(String words) {
        lost(words, false, ReasonCode.UNSPECIFIED_ERROR);
    }

    private void lost(String words, boolean graceful, ReasonCode reason) {
        if (ended) {
            return;
        }
        ended = true;
        journal.ended(words);
        Session owner = session;
        ClientLink as = link;
        if (owner != null && as != null) {
            owner.detach(as, graceful);
            services.observers().tell(observer -> observer.disconnected(owner.subject(), reason));
        }
        packets.closed();
    }

    /** Its channel is closed for good. */
    void removed() {
        keepAlive.stop();
        loop.counters().add(Counter.CLIENTS_CONNECTED, -1);
        output().close();
        input.close();
    }
}
