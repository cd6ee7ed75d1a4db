// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE  // strcasestr
#include "websocket.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "clock.h"
#include "packet.h"

#define FINAL 0x80
#define MASKED 0x80
#define LENGTH_16 126
#define LENGTH_64 127
#define MASK_BYTES 4

// The nonce and its answer are those of RFC 6455: both are fixed, so no hash need be computed here.
static const char ACCEPT[] = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
static const uint8_t MASK[MASK_BYTES] = {0x37, 0xfa, 0x21, 0x3d};

void websocket_ask(struct buffer *to, const char *host) {
    char request[512];
    int length = snprintf(request, sizeof request,
                          "GET /mqtt HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Protocol: mqtt\r\n\r\n",
                          host);
    buffer_add(to, request, (size_t)length);
}

void websocket_hear(struct websocket *ws, const uint8_t *bytes, size_t length) {
    if (ws->response_length + length >= sizeof ws->response) {
        fail("the answer to the WebSocket request is too long");
    }
    memcpy(ws->response + ws->response_length, bytes, length);
    ws->response_length = (uint16_t)(ws->response_length + length);
    ws->response[ws->response_length] = '\0';
    const char *end = strstr(ws->response, "\r\n\r\n");
    if (end == NULL) {
        return;
    }
    if (strncmp(ws->response, "HTTP/1.1 101 ", 13) != 0 || strstr(ws->response, ACCEPT) == NULL) {
        fail("no WebSocket here: %.*s", (int)strcspn(ws->response, "\r\n"), ws->response);
    }
    if (strcasestr(ws->response, "sec-websocket-protocol: mqtt\r\n") == NULL) {
        fail("the WebSocket does not speak mqtt");
    }
    if (end + 4 != ws->response + ws->response_length) {
        fail("the broker spoke before its client");
    }
    ws->upgraded = true;
}

static size_t write_header(uint8_t *out, enum websocket_opcode opcode, size_t length) {
    size_t at = 2;
    out[0] = (uint8_t)(FINAL | opcode);
    if (length < LENGTH_16) {
        out[1] = (uint8_t)(MASKED | length);
    } else if (length <= UINT16_MAX) {
        out[1] = MASKED | LENGTH_16;
        packet_put16(out + 2, (unsigned)length);
        at = 4;
    } else {
        out[1] = MASKED | LENGTH_64;
        for (int i = 0; i < 8; i++) {
            out[2 + i] = (uint8_t)((uint64_t)length >> (56 - 8 * i));
        }
        at = 10;
    }
    memcpy(out + at, MASK, MASK_BYTES);
    return at + MASK_BYTES;
}

static void mask(uint8_t *to, const uint8_t *from, size_t length) {
    uint64_t keys;
    size_t at = 0;
    memcpy(&keys, MASK, MASK_BYTES);
    memcpy((uint8_t *)&keys + MASK_BYTES, MASK, MASK_BYTES);
    for (; at + sizeof keys <= length; at += sizeof keys) {
        uint64_t word;
        memcpy(&word, from + at, sizeof word);
        word ^= keys;
        memcpy(to + at, &word, sizeof word);
    }
    for (; at < length; at++) {
        to[at] = from[at] ^ MASK[at % MASK_BYTES];
    }
}

void websocket_frame(struct buffer *to, enum websocket_opcode opcode, const uint8_t *payload, size_t length) {
    uint8_t *out = buffer_reserve(to, WS_HEADER_BYTES + length);
    size_t header = write_header(out, opcode, length);
    mask(out + header, payload, length);
    to->tail += (uint32_t)(header + length);
}

void websocket_frame_each(struct buffer *to, const uint8_t *packets, size_t length) {
    struct packet packet;
    size_t taken;
    while ((taken = packet_next(packets, length, &packet)) != PACKET_INCOMPLETE) {
        websocket_frame(to, WS_BINARY, packets, taken);
        packets += taken;
        length -= taken;
    }
}

// How long a header is of which the first two bytes are known.
static size_t header_size(const uint8_t *header) {
    unsigned length = header[1] & ~MASKED;
    return length == LENGTH_16 ? 4 : length == LENGTH_64 ? 10 : 2;
}

static void begin_frame(struct websocket *ws) {
    const uint8_t *header = ws->header;
    if (header[1] & MASKED) {
        fail("the broker masks its WebSocket frames");
    }
    ws->opcode = header[0] & 0x0f;
    ws->left = header[1];
    if (ws->left == LENGTH_16) {
        ws->left = packet_get16(header + 2);
    } else if (ws->left == LENGTH_64) {
        ws->left = 0;
        for (int i = 0; i < 8; i++) {
            ws->left = ws->left << 8 | header[2 + i];
        }
    }
    if (ws->opcode >= WS_CLOSE && ws->left > WS_CONTROL_BYTES) {
        fail("a WebSocket control frame of %llu bytes", (unsigned long long)ws->left);
    }
    ws->control_length = 0;
}

static void end_frame(struct websocket *ws, struct buffer *answers) {
    if (ws->opcode == WS_PING) {
        websocket_frame(answers, WS_PONG, ws->control, ws->control_length);
    }
    ws->closed |= ws->opcode == WS_CLOSE;
    ws->header_length = 0;
}

// Takes header bytes until the frame's payload begins. Returns how many.
static size_t take_header(struct websocket *ws, const uint8_t *from, size_t length) {
    size_t at = 0;
    while (at < length) {
        ws->header[ws->header_length++] = from[at++];
        if (ws->header_length >= 2 && ws->header_length == header_size(ws->header)) {
            begin_frame(ws);
            break;
        }
    }
    return at;
}

static bool in_payload(const struct websocket *ws) {
    return ws->header_length >= 2 && ws->header_length == header_size(ws->header);
}

size_t websocket_unframe(struct websocket *ws, uint8_t *to, const uint8_t *from, size_t length,
                         struct buffer *answers) {
    size_t at = 0;
    size_t out = 0;
    while (at < length) {
        if (!in_payload(ws)) {
            at += take_header(ws, from + at, length - at);
            if (!in_payload(ws)) {
                break;
            }
        }
        size_t part = length - at < ws->left ? length - at : (size_t)ws->left;
        if (ws->opcode < WS_CLOSE) {
            memmove(to + out, from + at, part);
            out += part;
        } else {
            memcpy(ws->control + ws->control_length, from + at, part);
            ws->control_length = (uint8_t)(ws->control_length + part);
        }
        at += part;
        ws->left -= part;
        if (ws->left == 0) {
            end_frame(ws, answers);
        }
    }
    return out;
}
