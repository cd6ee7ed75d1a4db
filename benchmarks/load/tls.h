// SPDX-License-Identifier: Apache-2.0
// The client's side of TLS by OpenSSL, between memory and memory: it reads from bytes it is given and writes to a buffer.
#ifndef TLS_H
#define TLS_H

#include <stdbool.h>
#include <sys/types.h>

#include "buffer.h"

struct tls;       // what all connections share
struct tls_link;  // one connection

struct tls_settings {
    const char *cafile, *host;
    const char *version;  // "1.2" or "1.3", the only one that is offered; null: either
    bool resume;          // take up sessions of earlier connections
};

// Ends the program when OpenSSL cannot use the settings, or is not part of this build.
struct tls *tls_open(const struct tls_settings *settings);

// Connections that took up an earlier session, and tickets that were received.
unsigned tls_resumed(const struct tls *tls);
unsigned tls_tickets(const struct tls *tls);

// What the connection sends goes to `wire`, its greeting at once.
struct tls_link *tls_begin(struct tls *tls, struct buffer *wire);

// Hands in what the socket gave; it is used until `tls_read` returns 0.
void tls_feed(struct tls_link *link, const uint8_t *bytes, size_t length);

// Goes on with the handshake; true when it is done. A failed one ends the program.
bool tls_shake(struct tls_link *link);

// 0: nothing more for now; -1: the broker has ended the connection.
ssize_t tls_read(struct tls_link *link, uint8_t *to, size_t length);
void tls_write(struct tls_link *link, const uint8_t *bytes, size_t length);

// Says goodbye on the wire.
void tls_leave(struct tls_link *link);
void tls_free(struct tls_link *link);

#endif
