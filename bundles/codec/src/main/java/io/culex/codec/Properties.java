// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.culex.api.message.MessageProperties;
import io.culex.api.message.UserProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The properties of one MQTT 5 packet [MQTT-2.2.2]. Immutable. A number that is absent is -1, anything else that is absent
 * is null; the default that an absent value stands for is the reader's to apply.
 */
public final class Properties {
    /** No property. */
    public static final Properties NONE = new Properties(new Object[Property.COUNT]);

    private final @Nullable Object[] values;

    Properties(@Nullable Object[] values) {
        this.values = values;
    }

    /** A builder without any property. */
    public static PropertiesBuilder builder() {
        return new PropertiesBuilder(NONE);
    }

    /** A builder that begins with these properties. */
    public PropertiesBuilder toBuilder() {
        return new PropertiesBuilder(this);
    }

    /** A packet's properties that only tell the reason in words. */
    public static Properties reason(String text) {
        return builder().reasonString(text).build();
    }

    /** The properties of a message as those of a PUBLISH, expiry included. */
    public static Properties of(MessageProperties message) {
        return ForwardedProperties.of(message);
    }

    /** The length in bytes of {@link #encodeForwarded} of the same properties. */
    public static int encodedLength(MessageProperties message) {
        return PropertiesEncoder.length(ForwardedProperties.withoutExpiry(message));
    }

    /**
     * The properties of a message as a PUBLISH has them, without the length before them, expiry and alias; a new array,
     * empty when there are none.
     */
    public static byte[] encodeForwarded(MessageProperties message) {
        return PropertiesEncoder.encode(ForwardedProperties.withoutExpiry(message));
    }

    /**
     * The properties of a message from what {@link #encodeForwarded} or {@link PublishFrame#copyForwardedProperties} gave.
     *
     * @param encoded the properties without the length before them
     * @param expirySeconds the Message Expiry Interval that goes with them, -1: none
     * @throws IllegalArgumentException when the bytes are not properties of a PUBLISH
     */
    public static MessageProperties decodeForwarded(byte[] encoded, long expirySeconds) {
        return ForwardedProperties.decode(encoded, expirySeconds);
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return this == NONE;
    }

    /** The length in bytes as encoded, without the length before them. */
    public int encodedLength() {
        return PropertiesEncoder.length(this);
    }

    /**
     * These properties as far as a packet may carry them: without the User Properties, and then without the Reason String,
     * when the packet would be larger than its receiver allows [MQTT-3.4.2-2, MQTT-3.4.2-3].
     *
     * @param otherBytes the bytes of the packet's variable header and payload that are not properties
     * @param maximumPacketSize the receiver's Maximum Packet Size, -1: no limit
     */
    public Properties fitting(int otherBytes, long maximumPacketSize) {
        if (isEmpty() || maximumPacketSize < 0 || packetBytes(otherBytes) <= maximumPacketSize) {
            return this;
        }
        Properties shorter = toBuilder().without(Property.USER_PROPERTY).build();
        return shorter.packetBytes(otherBytes) <= maximumPacketSize
                ? shorter
                : shorter.toBuilder().without(Property.REASON_STRING).build();
    }

    private int packetBytes(int otherBytes) {
        int length = encodedLength();
        return PacketWriter.packetBytes(otherBytes + PacketWriter.varintLength(length) + length);
    }

    @Nullable
    Object value(Property property) {
        return values[property.ordinal()];
    }

    @Nullable
    Object[] copyOfValues() {
        return values.clone();
    }

    private long number(Property property) {
        Object value = value(property);
        return value == null ? -1 : (Long) value;
    }

    /** User Properties in their order; empty when there are none. */
    @SuppressWarnings("unchecked")
    public List<UserProperty> userProperties() {
        Object value = value(Property.USER_PROPERTY);
        return value == null ? List.of() : (List<UserProperty>) value;
    }

    /** Subscription Identifiers: at most one in SUBSCRIBE, any number in a PUBLISH from a server. */
    @SuppressWarnings("unchecked")
    public List<Integer> subscriptionIdentifiers() {
        Object value = value(Property.SUBSCRIPTION_IDENTIFIER);
        return value == null ? List.of() : (List<Integer>) value;
    }

    /** The first Subscription Identifier, or -1. */
    public int subscriptionIdentifier() {
        List<Integer> all = subscriptionIdentifiers();
        return all.isEmpty() ? -1 : all.get(0);
    }

    /** Session Expiry Interval in seconds; 0xFFFFFFFF: never, or -1. */
    public long sessionExpiryInterval() {
        return number(Property.SESSION_EXPIRY_INTERVAL);
    }

    /** Receive Maximum, or -1. */
    public int receiveMaximum() {
        return (int) number(Property.RECEIVE_MAXIMUM);
    }

    /** Maximum Packet Size in bytes, or -1. */
    public long maximumPacketSize() {
        return number(Property.MAXIMUM_PACKET_SIZE);
    }

    /** Topic Alias Maximum, or -1. */
    public int topicAliasMaximum() {
        return (int) number(Property.TOPIC_ALIAS_MAXIMUM);
    }

    /** Request Response Information, 0 or 1, or -1. */
    public int requestResponseInformation() {
        return (int) number(Property.REQUEST_RESPONSE_INFORMATION);
    }

    /** Request Problem Information, 0 or 1, or -1. */
    public int requestProblemInformation() {
        return (int) number(Property.REQUEST_PROBLEM_INFORMATION);
    }

    /** Authentication Method, or null. */
    public @Nullable String authenticationMethod() {
        return (String) value(Property.AUTHENTICATION_METHOD);
    }

    /** Authentication Data; not to be changed, or null. */
    public byte @Nullable [] authenticationData() {
        return (byte[]) value(Property.AUTHENTICATION_DATA);
    }

    /** Assigned Client Identifier, or null. */
    public @Nullable String assignedClientIdentifier() {
        return (String) value(Property.ASSIGNED_CLIENT_IDENTIFIER);
    }

    /** Server Keep Alive in seconds, or -1. */
    public int serverKeepAlive() {
        return (int) number(Property.SERVER_KEEP_ALIVE);
    }

    /** Maximum QoS, 0 or 1, or -1. */
    public int maximumQos() {
        return (int) number(Property.MAXIMUM_QOS);
    }

    /** Retain Available, 0 or 1, or -1. */
    public int retainAvailable() {
        return (int) number(Property.RETAIN_AVAILABLE);
    }

    /** Wildcard Subscription Available, 0 or 1, or -1. */
    public int wildcardSubscriptionAvailable() {
        return (int) number(Property.WILDCARD_SUBSCRIPTION_AVAILABLE);
    }

    /** Subscription Identifiers Available, 0 or 1, or -1. */
    public int subscriptionIdentifiersAvailable() {
        return (int) number(Property.SUBSCRIPTION_IDENTIFIERS_AVAILABLE);
    }

    /** Shared Subscription Available, 0 or 1, or -1. */
    public int sharedSubscriptionAvailable() {
        return (int) number(Property.SHARED_SUBSCRIPTION_AVAILABLE);
    }

    /** Response Information, or null. */
    public @Nullable String responseInformation() {
        return (String) value(Property.RESPONSE_INFORMATION);
    }

    /** Server Reference, or null. */
    public @Nullable String serverReference() {
        return (String) value(Property.SERVER_REFERENCE);
    }

    /** Reason String, or null. */
    public @Nullable String reasonString() {
        return (String) value(Property.REASON_STRING);
    }

    /** Will Delay Interval in seconds, or -1. */
    public long willDelayInterval() {
        return number(Property.WILL_DELAY_INTERVAL);
    }

    /** Payload Format Indicator; 1: the payload is UTF-8 text, or -1. */
    public int payloadFormatIndicator() {
        return (int) number(Property.PAYLOAD_FORMAT_INDICATOR);
    }

    /** Message Expiry Interval in seconds, or -1. */
    public long messageExpiryInterval() {
        return number(Property.MESSAGE_EXPIRY_INTERVAL);
    }

    /** Content Type, or null. */
    public @Nullable String contentType() {
        return (String) value(Property.CONTENT_TYPE);
    }

    /** Response Topic, or null. */
    public @Nullable String responseTopic() {
        return (String) value(Property.RESPONSE_TOPIC);
    }

    /** Correlation Data; not to be changed, or null. */
    public byte @Nullable [] correlationData() {
        return (byte[]) value(Property.CORRELATION_DATA);
    }

    /** Topic Alias, or -1. */
    public int topicAlias() {
        return (int) number(Property.TOPIC_ALIAS);
    }

    /** Names the properties that are there, not their values. */
    @Override
    public String toString() {
        return PropertiesEncoder.names(this);
    }
}
