// SPDX-License-Identifier: Apache-2.0
#include "stream.h"

static uint64_t skip_to(struct stream *stream, uint64_t number) {
    uint64_t first = stream->next;
    uint64_t gap = number - first;
    // Beyond the memory each cell would only be overwritten again.
    uint64_t clear = gap < STREAM_MEMORY ? gap : STREAM_MEMORY;
    for (uint64_t i = 0; i < clear; i++) {
        stream_mark(stream, first + i, false);
    }
    stream_mark(stream, number, true);
    stream->missing += gap;
    stream->next = number + 1;
    return gap + 1;
}

uint64_t stream_see_out_of_order(struct stream *stream, uint64_t number) {
    if (number >= stream->next) {
        return skip_to(stream, number);
    }
    bool remembered = stream->next - number <= STREAM_MEMORY;
    bool seen = stream->seen[number % STREAM_MEMORY / 64] >> (number % 64) & 1;
    if (!remembered || seen) {
        stream->duplicated++;
        return 0;
    }
    stream_mark(stream, number, true);
    stream->missing--;
    stream->reordered++;
    return 0;
}
