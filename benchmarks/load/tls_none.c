// SPDX-License-Identifier: Apache-2.0
// In the place of tls.c where OpenSSL's headers are not installed.
#include "clock.h"
#include "tls.h"

static _Noreturn void refuse(void) {
    fail("--tls: built without OpenSSL; install its headers (Debian: libssl-dev) and build anew");
}

struct tls *tls_open(const struct tls_settings *settings) {
    (void)settings;
    refuse();
}

unsigned tls_resumed(const struct tls *tls) {
    (void)tls;
    return 0;
}

unsigned tls_tickets(const struct tls *tls) {
    (void)tls;
    return 0;
}

struct tls_link *tls_begin(struct tls *tls, struct buffer *wire) {
    (void)tls;
    (void)wire;
    refuse();
}

void tls_feed(struct tls_link *link, const uint8_t *bytes, size_t length) {
    (void)link;
    (void)bytes;
    (void)length;
}

bool tls_shake(struct tls_link *link) {
    (void)link;
    return false;
}

ssize_t tls_read(struct tls_link *link, uint8_t *to, size_t length) {
    (void)link;
    (void)to;
    (void)length;
    return -1;
}

void tls_write(struct tls_link *link, const uint8_t *bytes, size_t length) {
    (void)link;
    (void)bytes;
    (void)length;
}

void tls_leave(struct tls_link *link) {
    (void)link;
}

void tls_free(struct tls_link *link) {
    (void)link;
}
