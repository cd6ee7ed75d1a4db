// SPDX-License-Identifier: Apache-2.0
// Bytes that wait to be sent: written at the end, taken from the front.
#ifndef BUFFER_H
#define BUFFER_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct buffer {
    uint8_t *bytes;
    uint32_t head, tail, capacity;
};

void buffer_grow(struct buffer *buffer, size_t length);
void buffer_free(struct buffer *buffer);

static inline size_t buffer_length(const struct buffer *buffer) {
    return buffer->tail - buffer->head;
}

// Room for `length` bytes at the end; adding to `tail` makes them part of it.
static inline uint8_t *buffer_reserve(struct buffer *buffer, size_t length) {
    if (buffer->tail + length > buffer->capacity) {
        buffer_grow(buffer, length);
    }
    return buffer->bytes + buffer->tail;
}

static inline void buffer_add(struct buffer *buffer, const void *bytes, size_t length) {
    if (length > 0) {
        memcpy(buffer_reserve(buffer, length), bytes, length);
        buffer->tail += (uint32_t)length;
    }
}

static inline void buffer_clear(struct buffer *buffer) {
    buffer->head = buffer->tail = 0;
}

#endif
