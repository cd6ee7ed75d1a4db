// SPDX-License-Identifier: Apache-2.0
// Log-linear histogram of nanoseconds: 64 steps to each power of two, so a value is off by 1.6 % at most.
#ifndef HISTOGRAM_H
#define HISTOGRAM_H

#include <stdint.h>

#define HISTOGRAM_STEP_BITS 6
#define HISTOGRAM_STEPS (1 << HISTOGRAM_STEP_BITS)
#define HISTOGRAM_CELLS ((64 - HISTOGRAM_STEP_BITS + 1) * HISTOGRAM_STEPS)

struct histogram {
    uint64_t cells[HISTOGRAM_CELLS];
    uint64_t count;
    uint64_t max;
};

static inline unsigned histogram_cell(uint64_t value) {
    if (value < HISTOGRAM_STEPS) {
        return (unsigned)value;
    }
    unsigned shift = 63u - (unsigned)__builtin_clzll(value) - HISTOGRAM_STEP_BITS;
    return (shift << HISTOGRAM_STEP_BITS) + (unsigned)(value >> shift);
}

static inline void histogram_add(struct histogram *h, uint64_t value) {
    h->cells[histogram_cell(value)]++;
    h->count++;
    if (value > h->max) {
        h->max = value;
    }
}

// The value below which `fraction` (0..1) of the samples lie; 0 when there are none.
uint64_t histogram_quantile(const struct histogram *h, double fraction);

#endif
