// SPDX-License-Identifier: Apache-2.0
// What lies between a link and its socket: from the socket on the PROXY protocol's header, TLS, WebSocket. Each is there
// or not; a link with none of them has no way at all.
#ifndef WAY_H
#define WAY_H

#include <netinet/in.h>
#include <stdbool.h>
#include <sys/types.h>

#include "buffer.h"

struct tls;
struct way;

struct way_settings {
    unsigned proxy;    // version of the header, 0 = none
    struct tls *tls;   // null: without
    bool websocket;
    bool frame_each;   // each MQTT packet in a frame of its own, else all that leaves together in one
    char host[32];     // "127.0.0.1:1883"
};

static inline bool way_is_plain(const struct way_settings *settings) {
    return settings->proxy == 0 && settings->tls == NULL && !settings->websocket;
}

// On a socket that is connected. The first bytes stand in the wire's buffer.
struct way *way_begin(const struct way_settings *settings, int fd);
void way_free(struct way *way);

// Whether the link's own bytes may go.
bool way_is_open(const struct way *way);

// Hands in what the socket gave; it must stay until way_read returns 0 or less.
void way_feed(struct way *way, const uint8_t *bytes, size_t length);

// The link's bytes of what was handed in. 0: there are no more; -1: the broker ended the connection.
ssize_t way_read(struct way *way, uint8_t *to, size_t length);

// Turns all of `out` into bytes for the socket, if those before are gone. Gives back the buffer that is to be sent.
struct buffer *way_wrap(struct way *way, struct buffer *out);

// Adds the ends of the protocols to the wire.
void way_leave(struct way *way);

// Whether something stands on the wire.
bool way_has_bytes(const struct way *way);

// Whether nothing is left to do: a link that only had to send a header is a plain one from then on.
bool way_is_over(const struct way *way);

#endif
