// SPDX-License-Identifier: Apache-2.0
package io.culex.benchmarks;

import io.culex.codec.Connect;
import io.culex.codec.MalformedPacketException;
import io.culex.codec.PacketReader;
import io.culex.codec.PacketWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Decodes PUBLISH; one operation is one packet. The peer is Netty's MqttDecoder on the same bytes. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class DecodePublish {
    private final PacketReader reader = new PacketReader(PacketReader.Side.SERVER, 1 << 20);
    private final CountingSink sink = new CountingSink();
    private final NettySink nettySink = new NettySink();
    private EmbeddedChannel netty = new EmbeddedChannel();

    /** Lets both decoders see a CONNECT. */
    @Setup
    public void connect(PublishBurst burst) throws MalformedPacketException {
        ByteBuf connect = Unpooled.buffer();
        PacketWriter.connect(connect, Connect.of(burst.version, "bench", true, 60));
        netty = new EmbeddedChannel(new MqttDecoder(1 << 20), nettySink);
        netty.writeInbound(connect.copy());
        reader.read(connect, sink);
    }

    /** The reader of codec. */
    @Benchmark
    @OperationsPerInvocation(PublishBurst.PACKETS)
    public long culex(PublishBurst burst) throws MalformedPacketException {
        ByteBuf bytes = burst.bytes.readerIndex(0);
        while (reader.read(bytes, sink)) {
            sink.packets++;
        }
        return sink.payloadBytes;
    }

    /** The decoder of Netty. */
    @Benchmark
    @OperationsPerInvocation(PublishBurst.PACKETS)
    public long netty(PublishBurst burst) {
        netty.writeInbound(burst.bytes.readerIndex(0).retain());
        return nettySink.payloadBytes;
    }

    private static final class NettySink extends ChannelInboundHandlerAdapter {
        private long payloadBytes;

        @Override
        public void channelRead(ChannelHandlerContext context, Object packet) {
            if (packet instanceof MqttPublishMessage publish) {
                payloadBytes += publish.payload().readableBytes();
            } else if (!(packet instanceof MqttConnectMessage)) {
                throw new IllegalStateException("not a PUBLISH: " + packet);
            }
            ReferenceCountUtil.release(packet);
        }
    }
}
