// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.culex.api.message.ReasonCode;
import io.netty.buffer.Unpooled;

/** Finds and checks the parts of a PUBLISH; allocates nothing [MQTT-3.3]. */
final class PublishDecoder {
    private final PublishFrame frame = new PublishFrame(Unpooled.EMPTY_BUFFER);
    private final PublishProperties properties;

    PublishDecoder(PacketReader.Side side) {
        properties = new PublishProperties(side);
    }

    void maxUserProperties(int limit) {
        properties.maxUserProperties(limit);
    }

    /** Fills the one frame of this connection from a body that begins behind the fixed header. */
    PublishFrame decode(Body body, FixedHeader header) throws MalformedPacketException {
        boolean v5 = header.isV5();
        frame.buffer = body.buffer();
        frame.frameIndex = body.at() - header.bytes();
        frame.frameLength = header.bytes() + header.remaining();
        frame.v5 = v5;
        frame.firstByte = header.first();
        topic(body);
        frame.packetId = (header.first() & 0x06) == 0 ? 0 : body.packetId();
        properties.clear(frame);
        if (v5) {
            properties.decode(body, frame);
        } else {
            frame.propertiesIndex = body.at();
        }
        if (frame.topicLength == 0 && frame.topicAlias == 0) {
            throw v5
                    ? body.protocolError("neither topic nor topic alias")
                    : new MalformedPacketException(ReasonCode.TOPIC_NAME_INVALID, "PUBLISH: empty topic");
        }
        frame.payloadIndex = body.at();
        return frame;
    }

    /** Lets go of the buffer. */
    void close() {
        frame.buffer = Unpooled.EMPTY_BUFFER;
    }

    private void topic(Body body) throws MalformedPacketException {
        int length = body.skipBinary("topic");
        frame.topicIndex = body.at() - length;
        frame.topicLength = length;
        Utf8.TopicFault fault = Utf8.topicFault(frame.buffer, frame.topicIndex, length);
        if (fault != Utf8.TopicFault.NONE) {
            throw fault(body, fault);
        }
    }

    private static MalformedPacketException fault(Body body, Utf8.TopicFault fault) {
        return switch (fault) {
            case NONE -> throw new IllegalArgumentException("no fault");
            case NOT_UTF8 -> body.malformed("topic is not valid UTF-8");
            case WILDCARD ->
                new MalformedPacketException(ReasonCode.TOPIC_NAME_INVALID, "PUBLISH: topic with a wildcard");
            case TOO_DEEP ->
                new MalformedPacketException(ReasonCode.TOPIC_NAME_INVALID, "PUBLISH: topic with too many levels");
        };
    }
}
