// SPDX-License-Identifier: Apache-2.0
package io.culex.benchmarks;

import io.culex.codec.Connect;
import io.culex.codec.MalformedPacketException;
import io.culex.codec.PacketReader;
import io.culex.codec.PacketWriter;
import io.culex.codec.Properties;
import io.culex.codec.ProtocolVersion;
import io.culex.codec.Will;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Decodes a CONNECT with Will, user name and password, with a new reader as every connection has one. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class DecodeConnect {
    @Param({"MQTT_3_1_1", "MQTT_5"})
    ProtocolVersion version = ProtocolVersion.MQTT_3_1_1;

    private final ByteBuf bytes = Unpooled.directBuffer();
    private final CountingSink sink = new CountingSink();

    /** Writes the CONNECT. */
    @Setup
    public void write() {
        Properties properties = Properties.builder()
                .sessionExpiryInterval(3_600)
                .receiveMaximum(100)
                .userProperty("site", "north")
                .build();
        byte[] text = "gone away".getBytes(StandardCharsets.UTF_8);
        PacketWriter.connect(
                bytes,
                Connect.of(version, "device-0123456789", false, 60)
                        .withProperties(properties)
                        .withWill(new Will("plant/line-4/state", text, 1, true, Properties.NONE))
                        .withCredentials("operator", text));
    }

    /** The reader of codec. */
    @Benchmark
    public long culex() throws MalformedPacketException {
        new PacketReader(PacketReader.Side.SERVER, 1 << 20).read(bytes.readerIndex(0), sink);
        return sink.payloadBytes;
    }
}
