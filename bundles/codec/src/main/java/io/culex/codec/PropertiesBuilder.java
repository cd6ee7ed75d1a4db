// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.culex.api.message.UserProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds {@link Properties}. Every method replaces a value set before, but those for User Properties and Subscription
 * Identifiers, which add one. Throws IllegalArgumentException for a number out of range.
 */
public final class PropertiesBuilder {
    private final @Nullable Object[] values;

    PropertiesBuilder(Properties from) {
        values = from.copyOfValues();
    }

    /** The properties as set so far; {@link Properties#NONE} when there are none. */
    public Properties build() {
        for (Object value : values) {
            if (value != null) {
                return new Properties(Arrays.copyOf(values, values.length));
            }
        }
        return Properties.NONE;
    }

    PropertiesBuilder number(Property property, long value) {
        if (!property.kind().takes(value)) {
            throw new IllegalArgumentException(property + " out of range: " + value);
        }
        return set(property, value);
    }

    PropertiesBuilder text(Property property, String value) {
        return set(property, value);
    }

    PropertiesBuilder binary(Property property, byte[] value) {
        if (!property.kind().takes(value.length)) {
            throw new IllegalArgumentException(property + " is too long: " + value.length + " bytes");
        }
        return set(property, value);
    }

    PropertiesBuilder without(Property property) {
        values[property.ordinal()] = null;
        return this;
    }

    private PropertiesBuilder set(Property property, Object value) {
        values[property.ordinal()] = value;
        return this;
    }

    /** Adds User Properties behind those that are there. */
    public PropertiesBuilder userProperties(List<UserProperty> added) {
        if (added.isEmpty()) {
            return this;
        }
        return append(Property.USER_PROPERTY, added);
    }

    /** Adds a User Property behind those that are there. */
    public PropertiesBuilder userProperty(String name, String value) {
        return append(Property.USER_PROPERTY, List.of(new UserProperty(name, value)));
    }

    /** Adds a Subscription Identifier, 1 to 268,435,455. */
    public PropertiesBuilder subscriptionIdentifier(int value) {
        if (!Property.Kind.IDENTIFIERS.takes(value)) {
            throw new IllegalArgumentException("Subscription Identifier out of range: " + value);
        }
        return append(Property.SUBSCRIPTION_IDENTIFIER, List.of(value));
    }

    private PropertiesBuilder append(Property property, List<?> added) {
        List<Object> all = new ArrayList<>();
        if (values[property.ordinal()] instanceof List<?> present) {
            all.addAll(present);
        }
        all.addAll(added);
        return set(property, List.copyOf(all));
    }

    /** Session Expiry Interval in seconds; 0xFFFFFFFF: never. */
    public PropertiesBuilder sessionExpiryInterval(long value) {
        return number(Property.SESSION_EXPIRY_INTERVAL, value);
    }

    /** Receive Maximum. */
    public PropertiesBuilder receiveMaximum(int value) {
        return number(Property.RECEIVE_MAXIMUM, value);
    }

    /** Maximum Packet Size in bytes. */
    public PropertiesBuilder maximumPacketSize(long value) {
        return number(Property.MAXIMUM_PACKET_SIZE, value);
    }

    /** Topic Alias Maximum. */
    public PropertiesBuilder topicAliasMaximum(int value) {
        return number(Property.TOPIC_ALIAS_MAXIMUM, value);
    }

    /** Request Response Information, 0 or 1. */
    public PropertiesBuilder requestResponseInformation(int value) {
        return number(Property.REQUEST_RESPONSE_INFORMATION, value);
    }

    /** Request Problem Information, 0 or 1. */
    public PropertiesBuilder requestProblemInformation(int value) {
        return number(Property.REQUEST_PROBLEM_INFORMATION, value);
    }

    /** Authentication Method. */
    public PropertiesBuilder authenticationMethod(String value) {
        return text(Property.AUTHENTICATION_METHOD, value);
    }

    /** Authentication Data; not to be changed. */
    public PropertiesBuilder authenticationData(byte[] value) {
        return binary(Property.AUTHENTICATION_DATA, value);
    }

    /** Assigned Client Identifier. */
    public PropertiesBuilder assignedClientIdentifier(String value) {
        return text(Property.ASSIGNED_CLIENT_IDENTIFIER, value);
    }

    /** Server Keep Alive in seconds. */
    public PropertiesBuilder serverKeepAlive(int value) {
        return number(Property.SERVER_KEEP_ALIVE, value);
    }

    /** Maximum QoS, 0 or 1. */
    public PropertiesBuilder maximumQos(int value) {
        return number(Property.MAXIMUM_QOS, value);
    }

    /** Retain Available, 0 or 1. */
    public PropertiesBuilder retainAvailable(int value) {
        return number(Property.RETAIN_AVAILABLE, value);
    }

    /** Wildcard Subscription Available, 0 or 1. */
    public PropertiesBuilder wildcardSubscriptionAvailable(int value) {
        return number(Property.WILDCARD_SUBSCRIPTION_AVAILABLE, value);
    }

    /** Subscription Identifiers Available, 0 or 1. */
    public PropertiesBuilder subscriptionIdentifiersAvailable(int value) {
        return number(Property.SUBSCRIPTION_IDENTIFIERS_AVAILABLE, value);
    }

    /** Shared Subscription Available, 0 or 1. */
    public PropertiesBuilder sharedSubscriptionAvailable(int value) {
        return number(Property.SHARED_SUBSCRIPTION_AVAILABLE, value);
    }

    /** Response Information. */
    public PropertiesBuilder responseInformation(String value) {
        return text(Property.RESPONSE_INFORMATION, value);
    }

    /** Server Reference. */
    public PropertiesBuilder serverReference(String value) {
        return text(Property.SERVER_REFERENCE, value);
    }

    /** Reason String. */
    public PropertiesBuilder reasonString(String value) {
        return text(Property.REASON_STRING, value);
    }

    /** Will Delay Interval in seconds. */
    public PropertiesBuilder willDelayInterval(long value) {
        return number(Property.WILL_DELAY_INTERVAL, value);
    }

    /** Payload Format Indicator; 1: the payload is UTF-8 text. */
    public PropertiesBuilder payloadFormatIndicator(int value) {
        return number(Property.PAYLOAD_FORMAT_INDICATOR, value);
    }

    /** Message Expiry Interval in seconds. */
    public PropertiesBuilder messageExpiryInterval(long value) {
        return number(Property.MESSAGE_EXPIRY_INTERVAL, value);
    }

    /** Content Type. */
    public PropertiesBuilder contentType(String value) {
        return text(Property.CONTENT_TYPE, value);
    }

    /** Response Topic. */
    public PropertiesBuilder responseTopic(String value) {
        return text(Property.RESPONSE_TOPIC, value);
    }

    /** Correlation Data; not to be changed. */
    public PropertiesBuilder correlationData(byte[] value) {
        return binary(Property.CORRELATION_DATA, value);
    }

    /** Topic Alias. */
    public PropertiesBuilder topicAlias(int value) {
        return number(Property.TOPIC_ALIAS, value);
    }
}
