// SPDX-License-Identifier: Apache-2.0
#include "histogram.h"

// The middle of a cell's range, so that errors do not add up in one direction.
static uint64_t cell_middle(unsigned cell) {
    if (cell < 2 * HISTOGRAM_STEPS) {
        return cell;
    }
    unsigned shift = (cell >> HISTOGRAM_STEP_BITS) - 1;
    uint64_t low = (uint64_t)(cell - (shift << HISTOGRAM_STEP_BITS)) << shift;
    return low + (((uint64_t)1 << shift) >> 1);
}

uint64_t histogram_quantile(const struct histogram *h, double fraction) {
    if (h->count == 0) {
        return 0;
    }
    uint64_t rank = (uint64_t)(fraction * (double)h->count);
    uint64_t seen = 0;
    for (unsigned cell = 0; cell < HISTOGRAM_CELLS; cell++) {
        seen += h->cells[cell];
        if (seen > rank) {
            uint64_t value = cell_middle(cell);
            return value < h->max ? value : h->max;
        }
    }
    return h->max;
}
