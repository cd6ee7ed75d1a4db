// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.culex.api.message.ReasonCode;
import io.culex.api.message.TopicName;

/** Bytes to CONNECT; the one packet whose faults may be answered by a CONNACK [MQTT-3.1.4-1]. */
final class ConnectDecoder {
    static final int CLEAN_START = 0x02;
    static final int WILL = 0x04;
    static final int WILL_QOS = 0x18;
    static final int WILL_RETAIN = 0x20;
    static final int PASSWORD = 0x40;
    static final int USERNAME = 0x80;

    private static final int RESERVED = 0x01;
    private static final int BRIDGE = 0x80;

    private final PropertiesDecoder properties;

    ConnectDecoder(PropertiesDecoder properties) {
        this.properties = properties;
    }

    Connect decode(Body body) throws MalformedPacketException {
        String name = body.text("protocol name");
        int level = body.uint8("protocol level");
        // A bridge marks itself in MQTT 3 only; MQTT 5 has no-local and retain-as-published for the purpose.
        boolean bridge = level == (BRIDGE | 3) || level == (BRIDGE | 4);
        ProtocolVersion version = ProtocolVersion.of(name, bridge ? level & ~BRIDGE : level);
        if (version == null) {
            throw unsupported(name, level);
        }
        try {
            return decode(body, version, bridge);
        } catch (MalformedPacketException fault) {
            throw version.isV5() ? answered(fault) : fault;
        }
    }

    private static MalformedPacketException unsupported(String name, int level) {
        ProtocolVersion answerAs = null;
        if (name.equals(ProtocolVersion.MQTT_5.protocolName())) {
            // Whoever speaks a level that nobody knows is answered as Mosquitto does: in the form of MQTT 3.1.1.
            answerAs = ProtocolVersion.MQTT_3_1_1;
        } else if (name.equals(ProtocolVersion.MQTT_3_1.protocolName())) {
            answerAs = ProtocolVersion.MQTT_3_1;
        }
        String what = answerAs == null ? "unknown protocol name" : "protocol level " + level;
        return new MalformedPacketException(ReasonCode.UNSUPPORTED_PROTOCOL_VERSION, "CONNECT: " + what, answerAs);
    }

    static MalformedPacketException answered(MalformedPacketException fault) {
        return new MalformedPacketException(fault.reason(), String.valueOf(fault.getMessage()), ProtocolVersion.MQTT_5);
    }

    private Connect decode(Body body, ProtocolVersion version, boolean bridge) throws MalformedPacketException {
        int flags = body.uint8("flags");
        checkFlags(body, version, flags);
        int keepAlive = body.uint16("keep alive");
        Properties own = version.isV5() ? properties.decode(body) : Properties.NONE;
        if (own.authenticationData() != null && own.authenticationMethod() == null) {
            throw body.protocolError("authentication data without a method");
        }
        String clientId = body.text("client identifier");
        Will will = (flags & WILL) == 0 ? null : will(body, version, flags);
        String username = has(body, version, flags, USERNAME) ? body.text("user name") : null;
        byte[] password = has(body, version, flags, PASSWORD) ? body.binary("password") : null;
        body.finish();
        boolean cleanStart = (flags & CLEAN_START) != 0;
        return new Connect(version, bridge, cleanStart, keepAlive, clientId, will, username, password, own);
    }

    private static void checkFlags(Body body, ProtocolVersion version, int flags) throws MalformedPacketException {
        if ((flags & RESERVED) != 0 && version != ProtocolVersion.MQTT_3_1) {
            throw body.malformed("reserved flag"); // [MQTT-3.1.2-3]
        }
        // MQTT 3.1 disregards what else is said of a will that is not there.
        if ((flags & WILL) != 0 || version != ProtocolVersion.MQTT_3_1) {
            checkWillFlags(body, flags);
        }
        if ((flags & PASSWORD) != 0 && (flags & USERNAME) == 0 && !version.isV5()) {
            throw body.protocolError("password without a user name"); // 3.1.1 [MQTT-3.1.2-22]
        }
    }

    private static void checkWillFlags(Body body, int flags) throws MalformedPacketException {
        if ((flags & WILL_QOS) == WILL_QOS) {
            throw body.malformed("will QoS 3"); // [MQTT-3.1.2-12]
        }
        if ((flags & WILL) == 0 && (flags & (WILL_QOS | WILL_RETAIN)) != 0) {
            throw body.protocolError("will QoS or retain without a will"); // [MQTT-3.1.2-11, MQTT-3.1.2-13]
        }
    }

    private Will will(Body body, ProtocolVersion version, int flags) throws MalformedPacketException {
        Properties own = version.isV5() ? properties.decode(body, Property.In.WILL) : Properties.NONE;
        String topic = body.text("will topic");
        if (topic.isEmpty()) {
            throw body.protocolError("empty will topic");
        }
        if (!TopicName.isValid(topic)) {
            throw new MalformedPacketException(
                    ReasonCode.TOPIC_NAME_INVALID, "CONNECT: will topic with a wildcard or too many levels");
        }
        byte[] payload = body.binary("will payload");
        return new Will(topic, payload, (flags & WILL_QOS) >> 3, (flags & WILL_RETAIN) != 0, own);
    }

    /** MQTT 3.1 allows the flag without the field (its section 3.1, "User name and password flags"). */
    private static boolean has(Body body, ProtocolVersion version, int flags, int flag) {
        return (flags & flag) != 0 && (version != ProtocolVersion.MQTT_3_1 || body.hasMore());
    }
}
