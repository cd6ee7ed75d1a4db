// SPDX-License-Identifier: Apache-2.0
// The client's side of WebSocket (RFC 6455), as much of it as MQTT needs.
#ifndef WEBSOCKET_H
#define WEBSOCKET_H

#include <stdbool.h>

#include "buffer.h"

enum websocket_opcode { WS_CONTINUATION = 0, WS_TEXT = 1, WS_BINARY = 2, WS_CLOSE = 8, WS_PING = 9, WS_PONG = 10 };

#define WS_HEADER_BYTES 14
#define WS_CONTROL_BYTES 125
#define WS_RESPONSE_BYTES 2048

// Where in the server's bytes we are; all zero at the start.
struct websocket {
    bool upgraded, closed;
    uint8_t opcode;
    uint8_t header[WS_HEADER_BYTES], header_length;
    uint64_t left;  // bytes of the frame's payload that have not come yet
    uint8_t control[WS_CONTROL_BYTES], control_length;
    char response[WS_RESPONSE_BYTES];
    uint16_t response_length;
};

// The request that asks for MQTT at /mqtt.
void websocket_ask(struct buffer *to, const char *host);

// Takes bytes of the answer and sets `upgraded` at its end; anything but the switch to MQTT ends the program.
void websocket_hear(struct websocket *ws, const uint8_t *bytes, size_t length);

// One masked frame.
void websocket_frame(struct buffer *to, enum websocket_opcode opcode, const uint8_t *payload, size_t length);

// A masked frame for each of the whole MQTT packets.
void websocket_frame_each(struct buffer *to, const uint8_t *packets, size_t length);

// Puts the payload that is in the bytes of frames at `to`, which may be `from`, and returns its length. Takes all of the
// bytes. Answers to pings are added to `answers`.
size_t websocket_unframe(struct websocket *ws, uint8_t *to, const uint8_t *from, size_t length,
                         struct buffer *answers);

#endif
