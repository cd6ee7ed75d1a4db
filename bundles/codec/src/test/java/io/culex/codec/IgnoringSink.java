// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.culex.api.message.ReasonCode;

/** Drops everything, and so allocates nothing. */
class IgnoringSink implements PacketSink {
    @Override
    public void connect(Connect packet) {}

    @Override
    public void connack(Connack packet) {}

    @Override
    public void publish(PublishFrame frame) {}

    @Override
    public void acknowledge(PacketType type, int packetId, ReasonCode reason, Properties properties) {}

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
