// SPDX-License-Identifier: Apache-2.0
// Topic names and filters of the scenarios. Names that belong together differ in six digits only, so that a frame
// written once serves for all of them.
#ifndef TOPICS_H
#define TOPICS_H

#include <stddef.h>
#include <stdint.h>

#define TOPIC_BYTES 64
#define TOPIC_DIGITS 6
#define WILD_SHAPES 4
#define ALL_TOPICS "bench/topic/+"

void topics_name(char *out, unsigned index);  // "bench/topic/000007"

// "bench/kept/000007": the names of a series all match its one filter "bench/kept/#".
void topics_numbered(char *out, const char *series, unsigned index);
void topics_numbered_filter(char *out, const char *series);
size_t topics_numbered_digits(const char *series);

// Filter `index` is of shape index mod WILD_SHAPES, with `+` in front, in the middle, twice, or `#` at the end. Exactly
// the topics topics_wild_topic gives for the same index match it, and no other filter matches them.
void topics_wild_filter(char *out, unsigned index);
void topics_wild_topic(char *out, unsigned index);

// Where in topics_wild_topic's names of this shape the digits stand.
size_t topics_wild_digits(unsigned shape);

static inline void topics_put_digits(uint8_t *out, unsigned value) {
    for (int i = TOPIC_DIGITS - 1; i >= 0; i--) {
        out[i] = (uint8_t)('0' + value % 10);
        value /= 10;
    }
}

#endif
