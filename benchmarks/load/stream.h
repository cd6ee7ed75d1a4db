// SPDX-License-Identifier: Apache-2.0
// Follows the numbers of one publisher at one subscriber: what is missing, what came twice, what came late.
#ifndef STREAM_H
#define STREAM_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

// How far back a late or repeated message is still told apart; older ones count as duplicates.
#define STREAM_MEMORY 1024

// What every payload starts with. Both ends are this process, so it is in the machine's byte order.
struct stamp {
    uint32_t run, publisher;
    uint64_t number;   // counts from 0 for each publisher and subscriber
    uint64_t sent_ns;  // clock_now when sent, or when it should have been sent
};

#define STAMP_BYTES 24
_Static_assert(sizeof(struct stamp) == STAMP_BYTES, "payloads carry the stamp as it is in memory");

struct stream {
    uint64_t next;  // everything below has been seen or passed over
    uint64_t missing, duplicated, reordered;
    uint64_t seen[STREAM_MEMORY / 64];
};

// The slow way of stream_see, for a number that is not the next.
uint64_t stream_see_out_of_order(struct stream *stream, uint64_t number);

static inline void stream_mark(struct stream *stream, uint64_t number, bool seen) {
    uint64_t bit = 1ull << (number % 64);
    uint64_t *word = &stream->seen[number % STREAM_MEMORY / 64];
    *word = seen ? *word | bit : *word & ~bit;
}

// Notes the arrival of a number. Returns by how much `next` moved on, counting what it passed over.
static inline uint64_t stream_see(struct stream *stream, uint64_t number) {
    if (number != stream->next) {
        return stream_see_out_of_order(stream, number);
    }
    stream_mark(stream, number, true);
    stream->next++;
    return 1;
}

#endif
