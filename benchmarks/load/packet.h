// SPDX-License-Identifier: Apache-2.0
// MQTT 3.1.1 and 5 on the wire, as much of it as a load driver says and hears.
#ifndef PACKET_H
#define PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum packet_type {
    CONNECT = 1,
    CONNACK,
    PUBLISH,
    PUBACK,
    PUBREC,
    PUBREL,
    PUBCOMP,
    SUBSCRIBE,
    SUBACK,
    UNSUBSCRIBE,
    UNSUBACK,
    PINGREQ,
    PINGRESP,
    DISCONNECT
};

#define PROTOCOL_3_1_1 4
#define PROTOCOL_5 5
#define PACKET_INCOMPLETE 0
#define PACKET_ACK_BYTES 4

// A whole packet inside a buffer: type and flags from the first byte, body without the fixed header.
struct packet {
    uint8_t type, flags;
    const uint8_t *body;
    size_t length;
};

// Finds the packet at the start of `bytes`. Returns its whole length, or PACKET_INCOMPLETE.
size_t packet_next(const uint8_t *bytes, size_t available, struct packet *packet);

struct publish {
    uint8_t qos;
    bool duplicate, retained;
    uint16_t id;
    const uint8_t *topic, *payload;
    size_t topic_length, payload_length;
};

// False for a body that ends before its fields do.
bool packet_read_publish(const struct packet *packet, int version, struct publish *publish);

struct connack {
    bool session_present;
    uint8_t code;
    uint16_t receive_maximum;  // 65535 when the broker states none
};

bool packet_read_connack(const struct packet *packet, int version, struct connack *connack);

struct acknowledgement {
    uint16_t id;
    uint8_t code;  // 0 where the packet carries none
};

// PUBACK, PUBREC, PUBREL, PUBCOMP.
bool packet_read_ack(const struct packet *packet, struct acknowledgement *ack);

// The first reason code of a SUBACK that refuses (0x80 and above), or 0.
uint8_t packet_suback_refusal(const struct packet *packet, int version);

struct connect {
    const char *client_id;
    int version;
    uint16_t keep_alive;
    bool clean;
    uint32_t session_expiry;  // version 5 only
};

#define PACKET_CONNECT_BYTES 256

// The writers return the number of bytes they wrote.
size_t packet_write_connect(uint8_t *out, const struct connect *connect);
size_t packet_write_ack(uint8_t *out, enum packet_type type, uint16_t id);
size_t packet_write_empty(uint8_t *out, enum packet_type type);

// SUBSCRIBE for `count` filters, each `lengths[i]` long and standing one after another in `filters`.
size_t packet_subscribe_bytes(unsigned count, size_t filter_bytes);
size_t packet_write_subscribe(uint8_t *out, int version, uint16_t id, uint8_t qos, unsigned count,
                              const char *filters, const uint16_t *lengths);

// A PUBLISH written once and copied for each message; only what differs is patched in afterwards.
struct publish_frame {
    uint8_t *bytes;
    size_t length, id_at, payload_at, topic_at;  // offsets; id_at is 0 for QoS 0
};

void packet_make_publish(struct publish_frame *frame, int version, const char *topic, uint8_t qos, bool retain,
                         size_t payload_length);

static inline void packet_put16(uint8_t *out, unsigned value) {
    out[0] = (uint8_t)(value >> 8);
    out[1] = (uint8_t)value;
}

static inline unsigned packet_get16(const uint8_t *in) {
    return (unsigned)in[0] << 8 | in[1];
}

#endif
