// SPDX-License-Identifier: Apache-2.0
#include "buffer.h"

#include <stdlib.h>

#include "clock.h"

#define FIRST_BYTES 512

void buffer_grow(struct buffer *buffer, size_t length) {
    size_t kept = buffer_length(buffer);
    if (buffer->head > 0) {
        memmove(buffer->bytes, buffer->bytes + buffer->head, kept);
        buffer->head = 0;
        buffer->tail = (uint32_t)kept;
    }
    if (kept + length <= buffer->capacity) {
        return;
    }
    size_t capacity = buffer->capacity > 0 ? buffer->capacity : FIRST_BYTES;
    while (capacity < kept + length) {
        capacity *= 2;
    }
    buffer->bytes = realloc(buffer->bytes, capacity);
    if (buffer->bytes == NULL) {
        fail("out of memory");
    }
    buffer->capacity = (uint32_t)capacity;
}

void buffer_free(struct buffer *buffer) {
    free(buffer->bytes);
    memset(buffer, 0, sizeof *buffer);
}
