// SPDX-License-Identifier: Apache-2.0
#include "way.h"

#include <stdlib.h>
#include <sys/socket.h>

#include "clock.h"
#include "proxy.h"
#include "tls.h"
#include "websocket.h"

struct way {
    const struct way_settings *settings;
    struct buffer wire;    // as it goes to the socket
    struct buffer framed;  // WebSocket frames on their way into TLS
    struct tls_link *tls;
    struct websocket *websocket;
    const uint8_t *in;  // without TLS: what the socket gave and nobody has read yet
    size_t in_length;
    bool is_secure, is_open;
};

// Where frames go: to the wire, or first to what TLS is to encrypt.
static struct buffer *frames(struct way *way) {
    return way->tls != NULL ? &way->framed : &way->wire;
}

static void encrypt_frames(struct way *way) {
    if (way->tls != NULL && buffer_length(&way->framed) > 0) {
        tls_write(way->tls, way->framed.bytes + way->framed.head, buffer_length(&way->framed));
        buffer_clear(&way->framed);
    }
}

// The lower layers are ready for WebSocket or, without it, for the link.
static void rise(struct way *way) {
    way->is_secure = true;
    if (way->websocket != NULL) {
        websocket_ask(frames(way), way->settings->host);
        encrypt_frames(way);
    } else {
        way->is_open = true;
    }
}

static void write_proxy_header(struct way *way, int fd) {
    struct sockaddr_in own;
    struct sockaddr_in broker;
    socklen_t size = sizeof own;
    if (getsockname(fd, (struct sockaddr *)&own, &size) != 0 ||
        getpeername(fd, (struct sockaddr *)&broker, &(socklen_t){sizeof broker}) != 0) {
        fail("no address of a connected socket");
    }
    proxy_write(&way->wire, way->settings->proxy, &own, &broker);
}

struct way *way_begin(const struct way_settings *settings, int fd) {
    struct way *way = calloc(1, sizeof *way);
    if (way == NULL) {
        fail("out of memory");
    }
    way->settings = settings;
    if (settings->proxy > 0) {
        write_proxy_header(way, fd);
    }
    if (settings->websocket) {
        way->websocket = calloc(1, sizeof *way->websocket);
        if (way->websocket == NULL) {
            fail("out of memory");
        }
    }
    if (settings->tls != NULL) {
        way->tls = tls_begin(settings->tls, &way->wire);
    } else {
        rise(way);
    }
    return way;
}

void way_free(struct way *way) {
    if (way->tls != NULL) {
        tls_free(way->tls);
    }
    free(way->websocket);
    buffer_free(&way->wire);
    buffer_free(&way->framed);
    free(way);
}

bool way_is_open(const struct way *way) {
    return way->is_open;
}

bool way_has_bytes(const struct way *way) {
    return buffer_length(&way->wire) > 0;
}

void way_feed(struct way *way, const uint8_t *bytes, size_t length) {
    if (way->tls != NULL) {
        tls_feed(way->tls, bytes, length);
    } else {
        way->in = bytes;
        way->in_length = length;
    }
}

static ssize_t read_raw(struct way *way, uint8_t *to, size_t length) {
    if (way->tls != NULL) {
        return tls_read(way->tls, to, length);
    }
    size_t taken = way->in_length < length ? way->in_length : length;
    memcpy(to, way->in, taken);
    way->in += taken;
    way->in_length -= taken;
    return (ssize_t)taken;
}

// Goes on with what must come before the link's own bytes.
static ssize_t open_up(struct way *way, uint8_t *scratch, size_t length) {
    if (!way->is_secure && tls_shake(way->tls)) {
        rise(way);
    }
    if (!way->is_secure || way->is_open) {
        return 0;
    }
    ssize_t count;
    while ((count = read_raw(way, scratch, length)) > 0) {
        websocket_hear(way->websocket, scratch, (size_t)count);
    }
    way->is_open = way->websocket->upgraded;
    return count;
}

ssize_t way_read(struct way *way, uint8_t *to, size_t length) {
    if (!way->is_open) {
        ssize_t end = open_up(way, to, length);
        if (end < 0 || !way->is_open) {
            return end;
        }
    }
    ssize_t count;
    while ((count = read_raw(way, to, length)) > 0) {
        size_t own = (size_t)count;
        if (way->websocket != NULL) {
            own = websocket_unframe(way->websocket, to, to, own, frames(way));
            encrypt_frames(way);
        }
        if (own > 0) {
            return (ssize_t)own;
        }
        if (way->websocket->closed) {
            return -1;
        }
    }
    return count;
}

bool way_is_over(const struct way *way) {
    return way->is_open && way->tls == NULL && way->websocket == NULL && buffer_length(&way->wire) == 0;
}

struct buffer *way_wrap(struct way *way, struct buffer *out) {
    size_t length = buffer_length(out);
    const uint8_t *bytes = out->bytes + out->head;
    if (!way->is_open || length == 0 || buffer_length(&way->wire) > 0 || way_is_over(way)) {
        return &way->wire;
    }
    if (way->websocket == NULL) {
        tls_write(way->tls, bytes, length);
    } else if (way->settings->frame_each) {
        websocket_frame_each(frames(way), bytes, length);
    } else {
        websocket_frame(frames(way), WS_BINARY, bytes, length);
    }
    encrypt_frames(way);
    buffer_clear(out);
    return &way->wire;
}

void way_leave(struct way *way) {
    if (way->is_open && way->websocket != NULL) {
        static const uint8_t NORMAL_END[] = {0x03, 0xe8};
        websocket_frame(frames(way), WS_CLOSE, NORMAL_END, sizeof NORMAL_END);
        encrypt_frames(way);
    }
    if (way->tls != NULL) {
        tls_leave(way->tls);
    }
}
