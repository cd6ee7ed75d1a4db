// SPDX-License-Identifier: Apache-2.0
package io.culex.benchmarks;

import io.culex.codec.PacketWriter;
import io.culex.codec.Properties;
import io.culex.codec.ProtocolVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Many PUBLISH packets with 64 bytes of payload in one buffer, as a socket read brings them. */
@State(Scope.Thread)
public class PublishBurst {
    /** Packets in the buffer. */
    static final int PACKETS = 256;

    static final String TOPIC = "plant/line-4/sensor-17/temperature";
    static final int PAYLOAD_BYTES = 64;

    @Param({"MQTT_3_1_1", "MQTT_5"})
    ProtocolVersion version = ProtocolVersion.MQTT_3_1_1;

    @Param({"0", "1"})
    int qos;

    ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer(1 << 16);

    /** Fills the buffer. */
    @Setup
    public void fill() {
        byte[] payload = new byte[PAYLOAD_BYTES];
        int firstByte = PacketWriter.firstByte(qos, false, false);
        for (int i = 1; i <= PACKETS; i++) {
            PacketWriter.publish(bytes, version, firstByte, TOPIC, qos * i, Properties.NONE, payload);
        }
    }

    /** Gives the buffer back. */
    @TearDown
    public void release() {
        bytes.release();
    }
}
