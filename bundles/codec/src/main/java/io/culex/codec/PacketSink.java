// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.culex.api.message.ReasonCode;

/**
 * Takes decoded packets; called by {@link PacketReader#read} on its caller's thread, one call for each packet. Which
 * methods can be called depends on the reader's {@link PacketReader.Side}.
 */
public interface PacketSink {
    /** A CONNECT; the first packet of a client, and only that. */
    void connect(Connect packet);

    /** A CONNACK. */
    void connack(Connack packet);

    /** A PUBLISH. The frame and the buffer behind it are valid only during the call. */
    void publish(PublishFrame frame);

    /**
     * A PUBACK, PUBREC, PUBREL or PUBCOMP.
     *
     * @param type which of the four
     * @param packetId 1 to 65535
     * @param reason SUCCESS before MQTT 5
     * @param properties {@link Properties#NONE} when there are none
     */
    void acknowledge(PacketType type, int packetId, ReasonCode reason, Properties properties);

    /** A SUBSCRIBE. */
    void subscribe(Subscribe packet);

    /** A SUBACK. */
    void suback(Suback packet);

    /** An UNSUBSCRIBE. */
    void unsubscribe(Unsubscribe packet);

    /** An UNSUBACK. */
    void unsuback(Unsuback packet);

    /** A PINGREQ. */
    void pingreq();

    /** A PINGRESP. */
    void pingresp();

    /** A DISCONNECT; reason SUCCESS (normal disconnection) before MQTT 5. */
    void disconnect(ReasonCode reason, Properties properties);

    /** An AUTH. */
    void auth(ReasonCode reason, Properties properties);
}
