// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.transport.Arrival;
import io.culex.transport.Endpoint;
import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;

/** Takes connections whose protocol is MQTT. */
final class MqttEndpoint implements Endpoint {
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, Output.HIGH_WATER);

    private final NetServices services;

    /** An endpoint over the broker's loops. */
    MqttEndpoint(NetServices services) {
        this.services = services;
    }

    @Override
    public String protocol() {
        return "mqtt";
    }

    @Override
    public void attach(Channel channel, Arrival arrival) {
        channel.config().setWriteBufferWaterMark(WATER_MARK);
        Connection connection = new Connection(services, services.loops().loop(channel.eventLoop()), arrival);
        MqttHandler handler = new MqttHandler(connection);
        channel.pipeline().addLast("mqtt", handler);
        connection.opened(handler.context());
    }
}
