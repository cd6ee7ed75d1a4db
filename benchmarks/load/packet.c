// SPDX-License-Identifier: Apache-2.0
#include "packet.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"

#define MAX_LENGTH_BYTES 4

enum property {
    SESSION_EXPIRY_INTERVAL = 0x11,
    ASSIGNED_CLIENT_IDENTIFIER = 0x12,
    SERVER_KEEP_ALIVE = 0x13,
    AUTHENTICATION_METHOD = 0x15,
    AUTHENTICATION_DATA = 0x16,
    RESPONSE_INFORMATION = 0x1A,
    SERVER_REFERENCE = 0x1C,
    REASON_STRING = 0x1F,
    RECEIVE_MAXIMUM = 0x21,
    TOPIC_ALIAS_MAXIMUM = 0x22,
    USER_PROPERTY = 0x26,
    MAXIMUM_PACKET_SIZE = 0x27
};

// Reads a Variable Byte Integer. Returns the bytes it took, 0 when its end is not there.
static size_t read_length(const uint8_t *bytes, size_t available, size_t *value) {
    *value = 0;
    for (size_t i = 0; i < available && i < MAX_LENGTH_BYTES; i++) {
        *value |= (size_t)(bytes[i] & 0x7f) << (7 * i);
        if (bytes[i] < 0x80) {
            return i + 1;
        }
    }
    if (available >= MAX_LENGTH_BYTES) {
        fail("the broker sent a malformed length");
    }
    return 0;
}

static size_t write_length(uint8_t *out, size_t value) {
    size_t i = 0;
    while (value >= 0x80) {
        out[i++] = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    out[i++] = (uint8_t)value;
    return i;
}

static size_t length_bytes(size_t value) {
    uint8_t ignored[MAX_LENGTH_BYTES + 1];
    return write_length(ignored, value);
}

size_t packet_next(const uint8_t *bytes, size_t available, struct packet *packet) {
    if (available < 2) {
        return PACKET_INCOMPLETE;
    }
    size_t length = bytes[1];
    size_t taken = 1;
    if (length >= 0x80) {
        taken = read_length(bytes + 1, available - 1, &length);
        if (taken == 0) {
            return PACKET_INCOMPLETE;
        }
    }
    if (available < 1 + taken + length) {
        return PACKET_INCOMPLETE;
    }
    packet->type = bytes[0] >> 4;
    packet->flags = bytes[0] & 0x0f;
    packet->body = bytes + 1 + taken;
    packet->length = length;
    return 1 + taken + length;
}

bool packet_read_publish(const struct packet *packet, int version, struct publish *publish) {
    const uint8_t *at = packet->body;
    const uint8_t *end = at + packet->length;
    if (packet->length < 2) {
        return false;
    }
    publish->qos = packet->flags >> 1 & 3;
    publish->duplicate = packet->flags & 8;
    publish->retained = packet->flags & 1;
    publish->topic_length = packet_get16(at);
    publish->topic = at + 2;
    at += 2 + publish->topic_length;
    publish->id = 0;
    if (publish->qos > 0) {
        if (at + 2 > end) {
            return false;
        }
        publish->id = (uint16_t)packet_get16(at);
        at += 2;
    }
    if (version == PROTOCOL_5) {
        size_t properties;
        size_t taken = at < end ? read_length(at, (size_t)(end - at), &properties) : 0;
        if (taken == 0) {
            return false;
        }
        at += taken + properties;
    }
    if (at > end) {
        return false;
    }
    publish->payload = at;
    publish->payload_length = (size_t)(end - at);
    return true;
}

// The length of a property's value at `at`, or SIZE_MAX for one a CONNACK may not have.
static size_t property_length(uint8_t name, const uint8_t *at, size_t available) {
    switch (name) {
        case RECEIVE_MAXIMUM:
        case TOPIC_ALIAS_MAXIMUM:
        case SERVER_KEEP_ALIVE:
            return 2;
        case SESSION_EXPIRY_INTERVAL:
        case MAXIMUM_PACKET_SIZE:
            return 4;
        case ASSIGNED_CLIENT_IDENTIFIER:
        case AUTHENTICATION_METHOD:
        case AUTHENTICATION_DATA:
        case RESPONSE_INFORMATION:
        case SERVER_REFERENCE:
        case REASON_STRING:
            return available >= 2 ? 2 + packet_get16(at) : SIZE_MAX;
        case USER_PROPERTY: {
            size_t first = available >= 2 ? 2 + packet_get16(at) : SIZE_MAX;
            return first < available - 1 ? first + 2 + packet_get16(at + first) : SIZE_MAX;
        }
        default:
            return 1;
    }
}

static bool read_connack_properties(const uint8_t *at, size_t available, struct connack *connack) {
    size_t length;
    size_t taken = read_length(at, available, &length);
    if (taken == 0 || taken + length > available) {
        return false;
    }
    at += taken;
    const uint8_t *end = at + length;
    while (at < end) {
        uint8_t name = *at++;
        size_t size = property_length(name, at, (size_t)(end - at));
        if (size > (size_t)(end - at)) {
            return false;
        }
        if (name == RECEIVE_MAXIMUM) {
            connack->receive_maximum = (uint16_t)packet_get16(at);
        }
        at += size;
    }
    return true;
}

bool packet_read_connack(const struct packet *packet, int version, struct connack *connack) {
    if (packet->length < 2) {
        return false;
    }
    connack->session_present = packet->body[0] & 1;
    connack->code = packet->body[1];
    connack->receive_maximum = UINT16_MAX;
    if (version != PROTOCOL_5 || connack->code != 0) {
        return true;
    }
    return read_connack_properties(packet->body + 2, packet->length - 2, connack);
}

bool packet_read_ack(const struct packet *packet, struct acknowledgement *ack) {
    if (packet->length < 2) {
        return false;
    }
    ack->id = (uint16_t)packet_get16(packet->body);
    ack->code = packet->length > 2 ? packet->body[2] : 0;
    return true;
}

uint8_t packet_suback_refusal(const struct packet *packet, int version) {
    size_t at = 2;
    if (version == PROTOCOL_5 && packet->length > 2) {
        size_t properties;
        at += read_length(packet->body + 2, packet->length - 2, &properties);
        at += properties;
    }
    for (; at < packet->length; at++) {
        if (packet->body[at] >= 0x80) {
            return packet->body[at];
        }
    }
    return 0;
}

static uint8_t *put_string(uint8_t *at, const char *text, size_t length) {
    packet_put16(at, (unsigned)length);
    memcpy(at + 2, text, length);
    return at + 2 + length;
}

size_t packet_write_connect(uint8_t *out, const struct connect *connect) {
    uint8_t body[PACKET_CONNECT_BYTES];
    uint8_t *at = put_string(body, "MQTT", 4);
    *at++ = (uint8_t)connect->version;
    *at++ = connect->clean ? 2 : 0;
    packet_put16(at, connect->keep_alive);
    at += 2;
    if (connect->version == PROTOCOL_5) {
        *at++ = connect->session_expiry > 0 ? 5 : 0;
        if (connect->session_expiry > 0) {
            *at++ = SESSION_EXPIRY_INTERVAL;
            packet_put16(at, connect->session_expiry >> 16);
            packet_put16(at + 2, connect->session_expiry & 0xffff);
            at += 4;
        }
    }
    at = put_string(at, connect->client_id, strlen(connect->client_id));
    size_t length = (size_t)(at - body);
    out[0] = CONNECT << 4;
    size_t header = 1 + write_length(out + 1, length);
    memcpy(out + header, body, length);
    return header + length;
}

size_t packet_write_ack(uint8_t *out, enum packet_type type, uint16_t id) {
    out[0] = (uint8_t)(type << 4 | (type == PUBREL ? 2 : 0));
    out[1] = 2;
    packet_put16(out + 2, id);
    return PACKET_ACK_BYTES;
}

size_t packet_write_empty(uint8_t *out, enum packet_type type) {
    out[0] = (uint8_t)(type << 4);
    out[1] = 0;
    return 2;
}

size_t packet_subscribe_bytes(unsigned count, size_t filter_bytes) {
    return 1 + MAX_LENGTH_BYTES + 3 + filter_bytes + 3u * count;
}

size_t packet_write_subscribe(uint8_t *out, int version, uint16_t id, uint8_t qos, unsigned count,
                              const char *filters, const uint16_t *lengths) {
    size_t length = 2 + (version == PROTOCOL_5 ? 1 : 0);
    for (unsigned i = 0; i < count; i++) {
        length += 3u + lengths[i];
    }
    uint8_t *at = out;
    *at++ = SUBSCRIBE << 4 | 2;
    at += write_length(at, length);
    packet_put16(at, id);
    at += 2;
    if (version == PROTOCOL_5) {
        *at++ = 0;
    }
    for (unsigned i = 0; i < count; i++) {
        at = put_string(at, filters, lengths[i]);
        *at++ = qos;
        filters += lengths[i];
    }
    return (size_t)(at - out);
}

void packet_make_publish(struct publish_frame *frame, int version, const char *topic, uint8_t qos, bool retain,
                         size_t payload_length) {
    size_t topic_length = strlen(topic);
    size_t length = 2 + topic_length + (qos > 0 ? 2 : 0) + (version == PROTOCOL_5 ? 1 : 0) + payload_length;
    frame->length = 1 + length_bytes(length) + length;
    frame->bytes = calloc(1, frame->length);
    if (frame->bytes == NULL) {
        fail("out of memory");
    }
    uint8_t *at = frame->bytes;
    *at++ = (uint8_t)(PUBLISH << 4 | qos << 1 | (retain ? 1 : 0));
    at += write_length(at, length);
    at = put_string(at, topic, topic_length);
    frame->topic_at = (size_t)(at - frame->bytes) - topic_length;
    frame->id_at = qos > 0 ? (size_t)(at - frame->bytes) : 0;
    frame->payload_at = frame->length - payload_length;
}
