// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

/** Bytes to CONNACK, SUBACK and UNSUBACK: the answers of a server [MQTT-3.2, MQTT-3.9, MQTT-3.11]. */
final class ReplyDecoder {
    private static final byte[] NO_CODES = new byte[0];
    private static final int LAST_RETURN_CODE = 5;

    private final PropertiesDecoder properties;

    ReplyDecoder(PropertiesDecoder properties) {
        this.properties = properties;
    }

    Connack connack(Body body, ProtocolVersion version) throws MalformedPacketException {
        int flags = body.uint8("flags");
        int code = body.uint8("code");
        if (version == ProtocolVersion.MQTT_3_1) {
            flags = 0;
        }
        if (flags > 1) {
            throw body.malformed("reserved flags"); // [MQTT-3.2.2-1]
        }
        if (version.isV5()) {
            Reasons.check(body, Reasons.CONNACK, code);
        } else if (code > LAST_RETURN_CODE) {
            throw body.protocolError("return code " + code);
        }
        if (flags == 1 && code != 0) {
            throw body.protocolError("session present in a refusal"); // [MQTT-3.2.2-6]
        }
        Properties own = version.isV5() ? properties.decode(body) : Properties.NONE;
        body.finish();
        return new Connack(flags == 1, code, own);
    }

    Suback suback(Body body, boolean v5) throws MalformedPacketException {
        int packetId = body.packetId();
        Properties own = v5 ? properties.decode(body) : Properties.NONE;
        return new Suback(packetId, codes(body, v5 ? Reasons.SUBACK : Reasons.SUBACK_3), own);
    }

    Unsuback unsuback(Body body, boolean v5) throws MalformedPacketException {
        int packetId = body.packetId();
        if (!v5) {
            return new Unsuback(packetId, NO_CODES, Properties.NONE);
        }
        Properties own = properties.decode(body);
        return new Unsuback(packetId, codes(body, Reasons.UNSUBACK), own);
    }

    /** An answer without codes answers nothing (CVE-2024-10525). */
    private static byte[] codes(Body body, Reasons allowed) throws MalformedPacketException {
        if (!body.hasMore()) {
            throw body.protocolError("no codes");
        }
        byte[] codes = body.rest();
        for (byte code : codes) {
            Reasons.check(body, allowed, code & 0xFF);
        }
        return codes;
    }
}
