// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.message.ReasonCode;
import io.culex.codec.PacketType;
import io.culex.codec.PacketWriter;
import io.culex.codec.Properties;
import io.culex.codec.ProtocolVersion;

/**
 * The CONNACK of one login, which is no larger than the client takes [MQTT-3.1.2-24]. On the connection's loop.
 *
 * @param connection of the client
 * @param version of MQTT in which it is written
 * @param maximumPacketSize in bytes
 */
record LoginReply(Connection connection, ProtocolVersion version, long maximumPacketSize) {
    /** Its flags and its code, before the properties. */
    static final int FLAGS_AND_CODE = 2;

    /** These properties without those that may be left out where there is no room [MQTT-3.2.2-19, MQTT-3.2.2-20]. */
    Properties fitting(Properties all) {
        return all.fitting(FLAGS_AND_CODE, maximumPacketSize);
    }

    /** Whether it may be sent. */
    boolean fits(Properties properties) {
        return fits(FLAGS_AND_CODE, properties);
    }

    /** Whether a packet may be sent that has so many bytes before these properties, and none after them. */
    boolean fits(int before, Properties properties) {
        int length = properties.encodedLength();
        int remaining = before + PacketWriter.varintLength(length) + length;
        return !version.isV5() || PacketWriter.packetBytes(remaining) <= maximumPacketSize;
    }

    /** The client is in; the properties fit. */
    void accept(boolean resumed, Properties properties) {
        write(resumed, 0, properties);
    }

    /** Says why the client is refused, where it can be told, and closes. */
    void refuse(ReasonCode reason, Properties why) {
        int code = version.isV5() ? reason.code() : Goodbye.returnCode(reason);
        if (code >= 0 && fits(why)) {
            write(false, code, why);
        }
        connection.finish(Goodbye.of(reason));
    }

    private void write(boolean present, int code, Properties properties) {
        connection.journal().sendingConnack(present, code);
        PacketWriter.connack(connection.output().packet(PacketType.CONNACK), version, present, code, properties);
    }
}
