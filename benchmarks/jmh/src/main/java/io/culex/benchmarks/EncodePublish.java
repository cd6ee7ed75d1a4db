// SPDX-License-Identifier: Apache-2.0
package io.culex.benchmarks;

import io.culex.codec.PacketType;
import io.culex.codec.PacketWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Writes PUBLISH and PUBACK into one outgoing buffer; one operation is one packet. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class EncodePublish {
    private static final byte[] TOPIC = PublishBurst.TOPIC.getBytes(StandardCharsets.UTF_8);

    @Param({"false", "true"})
    boolean v5;

    @Param({"0", "1"})
    int qos;

    private final byte[] payload = new byte[PublishBurst.PAYLOAD_BYTES];
    private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(1 << 16);

    /** PUBLISH from a topic and a payload that are kept as arrays. */
    @Benchmark
    @OperationsPerInvocation(PublishBurst.PACKETS)
    public int publish() {
        out.clear();
        int first = PacketWriter.firstByte(qos, false, false);
        int length = PacketWriter.publishRemainingLength(v5, TOPIC.length, qos, 0, payload.length);
        for (int i = 1; i <= PublishBurst.PACKETS; i++) {
            PacketWriter.publishHead(out, v5, first, length, TOPIC, 0, TOPIC.length, qos * i, 0);
            out.writeBytes(payload);
        }
        return out.writerIndex();
    }

    /** PUBACK of success. */
    @Benchmark
    @OperationsPerInvocation(PublishBurst.PACKETS)
    public int puback() {
        out.clear();
        for (int i = 1; i <= PublishBurst.PACKETS; i++) {
            PacketWriter.acknowledge(out, PacketType.PUBACK, i);
        }
        return out.writerIndex();
    }

    /** Gives the buffer back. */
    @TearDown
    public void release() {
        out.release();
    }
}
