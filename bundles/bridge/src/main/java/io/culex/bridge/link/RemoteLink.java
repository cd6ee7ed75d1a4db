// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import io.culex.api.local.RelayReceiver;
import io.culex.api.local.RelaySession;
import io.culex.api.log.LogType;
import io.culex.api.message.ReasonCode;
import io.culex.bridge.loop.Clockwork;
import io.culex.codec.MalformedPacketException;
import io.culex.codec.PacketReader;
import io.culex.codec.PacketType;
import io.culex.codec.PacketWriter;
import io.culex.codec.Properties;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the other broker: says CONNECT, and when that is accepted and the session here is open, messages go both
 * ways until it ends. On the bridge's loop.
 */
public final class RemoteLink extends ChannelInboundHandlerAdapter {
    private static final long CONNACK_MILLIS = 30_000;

    private final Circumstances given;
    private final Watch watch;
    private final PacketReader reader;
    private final Input input = new Input();
    private final RemotePackets packets;
    private @Nullable Channel channel;
    private @Nullable Output output;
    private @Nullable KeepAlive keepAlive;
    private Clockwork.@Nullable Alarm patience;
    private boolean reading;
    private boolean over;

    /** Who has it. Called on the loop. */
    public interface Watch {
        /** The other broker has accepted; nothing is read until {@link #begin}. */
        void accepted(Peer peer);

        /** It is over, or never came to be; called once, unless {@link #goodbye} was. */
        void ended(String reason);
    }

    /** For one attempt. */
    public RemoteLink(Circumstances given, Watch watch) {
        this.given = given;
        this.watch = watch;
        int limit = given.maxPacketBytes();
        this.reader = new PacketReader(PacketReader.Side.CLIENT, limit == 0 ? Integer.MAX_VALUE : limit);
        this.packets = new RemotePackets(given, this);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (over) {
            ctx.close();
            return;
        }
        channel = ctx.channel();
        Output out = new Output(ctx.channel(), given.traffic().tally());
        output = out;
        reader.version(given.offer().version());
        if (given.log().enabled(LogType.DEBUG)) {
            given.log().log(LogType.DEBUG, "Bridge " + given.settings().local().clientId() + " sending CONNECT");
        }
        PacketWriter.connect(
                out.packet(PacketType.CONNECT),
                given.offer().connect(given.hops(), given.maxPacketBytes(), given.receiveMaximum()));
        patience = given.clockwork().after(CONNACK_MILLIS, () -> end("no answer to CONNECT"));
        ctx.fireChannelActive();
    }

    Output output() {
        return Objects.requireNonNull(output, "not connected yet");
    }

    /** CONNACK accepts. */
    void accepted(Peer peer) {
        stopWaiting();
        int seconds =
                peer.keepAliveSeconds() < 0 ? given.settings().remote().keepAliveSeconds() : peer.keepAliveSeconds();
        keepAlive = new KeepAlive(seconds, given.clockwork().millis());
        given.traffic().connections.increment();
        given.traffic().moved(given.clockwork().millis());
        watch.accepted(peer);
    }

    /** Takes what this broker delivers; after {@link Watch#accepted}. */
    public RelayReceiver receiver() {
        return packets.outflow();
    }

    /** Subscriptions there, and the word that the connection is there; the session here need not be open yet. */
    public void subscribe() {
        packets.subscribe();
    }

    /**
     * The session here is open: messages go both ways from now on.
     *
     * @param releases whether what {@link Place#owesRelease} says is released there first; messages come in meanwhile
     */
    public void begin(RelaySession session, boolean releases) {
        if (!over) {
            packets.begin(session, releases);
            read();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf received = (ByteBuf) message;
        given.traffic().tally().bytesReceived(received.readableBytes());
        if (over) {
            received.release();
            return;
        }
        KeepAlive alive = keepAlive;
        if (alive != null) {
            alive.received(given.clockwork().millis());
        }
        input.add(received, ctx.alloc());
        read();
    }

    /** Reads packets while messages may come, also from the network. */
    void read() {
        if (reading || over) {
            return;
        }
        readReceived();
        if (over) {
            input.close();
            return;
        }
        input.tidy();
        Channel now = channel;
        if (now != null) {
            now.config().setAutoRead(packets.mayRead());
        }
    }

    private void readReceived() {
        ByteBuf in = input.bytes();
        if (in == null) {
            return;
        }
        reading = true;
        try {
            while (!over && in.isReadable() && packets.mayRead() && next(in)) {
                // The sink has taken it.
            }
        } catch (MalformedPacketException e) {
            disconnect(e.reason());
            end("malformed packet: " + e.getMessage());
        } finally {
            reading = false;
        }
    }

    private boolean next(ByteBuf in) throws MalformedPacketException {
        return packets.takesRefusalOf3(in) || reader.read(in, packets);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable() && !over) {
            packets.ready();
        }
        ctx.fireChannelWritabilityChanged();
    }

    /** Once a second: whether the other broker is there still. */
    public void tick() {
        KeepAlive alive = keepAlive;
        Output out = output;
        if (over || alive == null || out == null) {
            return;
        }
        long now = given.clockwork().millis();
        if (out.wasUsed()) {
            alive.sent(now);
        }
        if (alive.isOver(now)) {
            end("exceeded timeout");
        } else if (alive.isPingDue(now) | packets.isProofDue()) {
            packets.asksForProof();
            PacketWriter.pingreq(out.packet(PacketType.PINGREQ));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end("connection closed by the other broker");
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // With TLS 1.3 a refusal of our certificate comes when the handshake is over here, inside what the decoder
        // throws.
        Throwable reason = cause.getCause() instanceof SSLException tls ? tls : cause;
        end(Objects.toString(reason.getMessage(), reason.getClass().getSimpleName()));
    }

    /** Ends the connection because something is wrong. */
    public void end(String reason) {
        if (!over) {
            finish();
            watch.ended(reason);
        }
    }

    /** Says that the bridge goes, and ends the connection; the watch hears nothing of it. */
    public void goodbye() {
        if (!over) {
            sayGoodbye();
            finish();
        }
    }

    void sayGoodbye() {
        packets.sayOff();
        disconnect(ReasonCode.SUCCESS);
    }

    private void disconnect(ReasonCode reason) {
        if (keepAlive != null) {
            PacketWriter.disconnect(
                    output().packet(PacketType.DISCONNECT), given.offer().version(), reason, Properties.NONE);
        }
    }

    private void finish() {
        over = true;
        stopWaiting();
        packets.end();
        Output out = output;
        if (out != null) {
            out.flush();
        }
        if (!reading) {
            input.close();
        }
        Channel now = channel;
        if (now != null) {
            now.close();
        }
    }

    private void stopWaiting() {
        Clockwork.Alarm alarm = patience;
        if (alarm != null) {
            patience = null;
            alarm.cancel();
        }
    }
}
