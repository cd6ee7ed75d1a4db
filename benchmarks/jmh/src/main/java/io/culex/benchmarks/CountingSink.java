// SPDX-License-Identifier: Apache-2.0
package io.culex.benchmarks;

import io.culex.api.message.ReasonCode;
import io.culex.codec.Connack;
import io.culex.codec.Connect;
import io.culex.codec.PacketSink;
import io.culex.codec.PacketType;
import io.culex.codec.Properties;
import io.culex.codec.PublishFrame;
import io.culex.codec.Suback;
import io.culex.codec.Subscribe;
import io.culex.codec.Unsuback;
import io.culex.codec.Unsubscribe;

/** Counts, so that the compiler cannot leave out the decoding. */
final class CountingSink implements PacketSink {
    long packets;
    long payloadBytes;

    @Override
    public void publish(PublishFrame frame) {
        payloadBytes += frame.payloadLength() + frame.topicLength() + frame.packetId();
    }

    @Override
    public void connect(Connect packet) {
        payloadBytes += packet.clientId().length();
    }

    @Override
    public void acknowledge(PacketType type, int packetId, ReasonCode reason, Properties properties) {
        payloadBytes += packetId;
    }

    @Override
    public void connack(Connack packet) {}

    @Override
    public void subscribe(Subscribe packet) {}

    @Override
    public void suback(Suback packet) {}

    @Override
    public void unsubscribe(Unsubscribe packet) {}

    @Override
    public void unsuback(Unsuback packet) {}

    @Override
    public void pingreq() {}

    @Override
    public void pingresp() {}

    @Override
    public void disconnect(ReasonCode reason, Properties properties) {}

    @Override
    public void auth(ReasonCode reason, Properties properties) {}
}
