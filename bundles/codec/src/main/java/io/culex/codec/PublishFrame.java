// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.culex.api.message.MessageProperties;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * A PUBLISH as it lies in the network buffer [MQTT-3.3]: where its parts are, all of them checked. One instance is used
 * again for every PUBLISH of a connection, so it and its buffer are valid only inside {@link PacketSink#publish}; who keeps
 * something copies it. Indexes are absolute in {@link #buffer()}, lengths are bytes.
 */
public final class PublishFrame {
    ByteBuf buffer;
    int frameIndex;
    int frameLength;
    boolean v5;
    int firstByte;
    int topicIndex;
    int topicLength;
    int packetId;
    int topicAlias;
    long expirySeconds;
    int propertiesIndex;
    int propertiesLength;
    int privateLength;
    boolean utf8Payload;
    int payloadIndex;

    PublishFrame(ByteBuf none) {
        buffer = none;
    }

    /** The buffer in which the packet lies; not to be released, its indexes not to be changed. */
    public ByteBuf buffer() {
        return buffer;
    }

    /** Where the fixed header begins. */
    public int frameIndex() {
        return frameIndex;
    }

    /** The length of the packet with its fixed header. */
    public int frameLength() {
        return frameLength;
    }

    /** Whether the packet has properties. */
    public boolean v5() {
        return v5;
    }

    /** 0, 1 or 2. */
    public int qos() {
        return firstByte >> 1 & 3;
    }

    /** The DUP flag. */
    public boolean dup() {
        return (firstByte & 8) != 0;
    }

    /** The RETAIN flag. */
    public boolean retain() {
        return (firstByte & 1) != 0;
    }

    /** Where the Topic Name begins. */
    public int topicIndex() {
        return topicIndex;
    }

    /** The length of the Topic Name; 0: the topic is that of {@link #topicAlias()}. */
    public int topicLength() {
        return topicLength;
    }

    /** The Topic Name; allocates. */
    public String topic() {
        return buffer.toString(topicIndex, topicLength, StandardCharsets.UTF_8);
    }

    /** The Packet Identifier, 0 at QoS 0. */
    public int packetId() {
        return packetId;
    }

    /** The Topic Alias, 0: none. */
    public int topicAlias() {
        return topicAlias;
    }

    /** The Message Expiry Interval in seconds, -1: none. */
    public long expirySeconds() {
        return expirySeconds;
    }

    /** Where the properties begin, behind the length before them. */
    public int propertiesIndex() {
        return propertiesIndex;
    }

    /** The length of all properties. */
    public int propertiesLength() {
        return propertiesLength;
    }

    /**
     * Whether all properties go to receivers as they are: neither Topic Alias nor Message Expiry Interval (nor, from a
     * server, a Subscription Identifier) is among them.
     */
    public boolean hasForwardableOnly() {
        return privateLength == 0;
    }

    /** The length of what {@link #copyForwardedProperties} copies. */
    public int forwardedPropertiesLength() {
        return propertiesLength - privateLength;
    }

    /**
     * Copies the properties that go to receivers, in their order, encoded, without a length before them.
     *
     * @param at index in {@code to} from which {@link #forwardedPropertiesLength} bytes are written
     */
    public void copyForwardedProperties(byte[] to, int at) {
        if (privateLength == 0) {
            buffer.getBytes(propertiesIndex, to, at, propertiesLength);
        } else {
            PublishProperties.copyForwarded(this, to, at);
        }
    }

    /** The properties that travel with the message, expiry included; allocates. */
    public MessageProperties messageProperties() {
        if (propertiesLength == 0) {
            return MessageProperties.NONE;
        }
        byte[] forwarded = new byte[forwardedPropertiesLength()];
        copyForwardedProperties(forwarded, 0);
        return ForwardedProperties.decode(forwarded, expirySeconds);
    }

    /** All properties; allocates. */
    public Properties properties() {
        return propertiesLength == 0 ? Properties.NONE : PublishProperties.read(this);
    }

    /** Where the payload begins. */
    public int payloadIndex() {
        return payloadIndex;
    }

    /** The length of the payload. */
    public int payloadLength() {
        return frameIndex + frameLength - payloadIndex;
    }

    /** The payload in a new array. */
    public byte[] payloadBytes() {
        byte[] payload = new byte[payloadLength()];
        buffer.getBytes(payloadIndex, payload);
        return payload;
    }

    /** The Payload Format Indicator: the sender says that the payload is UTF-8 text. */
    public boolean utf8Payload() {
        return utf8Payload;
    }

    /** Whether the payload is well-formed UTF-8 [MQTT-3.3.2.3.2]; reads all of it, and is not done by the reader. */
    public boolean payloadIsUtf8() {
        return Utf8.isWellFormed(buffer, payloadIndex, payloadLength());
    }
}
