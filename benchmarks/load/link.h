// SPDX-License-Identifier: Apache-2.0
// Non-blocking TCP connections on one epoll loop. Reads go through one buffer all links share; what a link has to
// send gathers in its own buffer and leaves with one write per pass of the loop.
#ifndef LINK_H
#define LINK_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buffer.h"

// A frame must fit in here whole; larger ones end the run.
#define LINK_READ_BYTES (256 * 1024)

struct link;
struct way;
struct way_settings;

struct link_events {
    // The link's own bytes may go: connected, and whatever lies on the way is through with its greetings.
    void (*opened)(struct link *link);
    // Gives back how many of the bytes it used; the rest is offered again in front of what comes next.
    size_t (*received)(struct link *link, const uint8_t *bytes, size_t length);
    // The socket is gone; error is an errno, or 0 after the peer's orderly end.
    void (*closed)(struct link *link, int error);
};

struct loop {
    int epoll;
    uint64_t now;        // when the current batch of bytes was read, or when the pass ended
    struct link *dirty;  // links with something to write
    uint8_t *scratch;
    uint8_t *raw;        // what a socket gave before it is decrypted or taken out of its frames
    uint64_t gather_ns;  // pause after a pass with traffic, so that packets gather
    bool had_traffic;
};

struct link {
    int fd;
    bool connecting, is_dirty, paused;
    bool wants_room;  // the socket took less than it was given
    struct loop *loop;
    const struct link_events *events;
    struct link *next_dirty;
    uint8_t *rest;  // the start of a frame whose end has not come yet
    uint32_t rest_length, rest_capacity;
    struct buffer out;
    const struct way_settings *way_settings;
    struct way *way;  // null on plain TCP
};

struct link_settings {
    struct sockaddr_in broker;
    unsigned source_addresses;  // 127.0.0.1, .2, ... in turn, for more connections than one address has ports
    int receive_buffer;         // SO_RCVBUF in bytes, 0 = the system's
    const struct way_settings *way;  // null: plain TCP
};

void loop_open(struct loop *loop, uint64_t gather_ns);

// Writes what stands in the buffers, waits until `deadline` (clock_now's time) at most, reads what came. Answers and
// new messages that the caller adds between two passes thus leave together. Returns how many sockets had something.
int loop_pass(struct loop *loop, uint64_t deadline);

// Writes the buffers of all links that have something to send.
void loop_flush(struct loop *loop);

void link_connect(struct link *link, struct loop *loop, const struct link_settings *settings, unsigned number);
void link_close(struct link *link);

// Sends what is there to be sent and the ends of the protocols on the way, as far as the socket takes it, and closes.
void link_leave(struct link *link);

// Stops or goes on watching for incoming bytes.
void link_pause_reading(struct link *link, bool pause);

// Reads at most `limit` bytes now, for links whose reading is paused.
void link_read_some(struct link *link, size_t limit);

static inline size_t link_unsent(const struct link *link) {
    return buffer_length(&link->out);
}

// Room for `length` bytes at the end of the outgoing buffer; link_commit makes them part of it.
static inline uint8_t *link_reserve(struct link *link, size_t length) {
    return buffer_reserve(&link->out, length);
}

static inline void link_commit(struct link *link, size_t length) {
    link->out.tail += (uint32_t)length;
    if (!link->is_dirty) {
        link->is_dirty = true;
        link->next_dirty = link->loop->dirty;
        link->loop->dirty = link;
    }
}

#endif
