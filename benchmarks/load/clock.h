// SPDX-License-Identifier: Apache-2.0
// Time, and the one way this program gives up.
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>
#include <time.h>

#define NS_PER_S 1000000000ull
#define NS_PER_MS 1000000ull
#define NS_PER_US 1000ull

// Nanoseconds of the monotonic clock; publishers and subscribers are one process, so they share it.
static inline uint64_t clock_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * NS_PER_S + (uint64_t)t.tv_nsec;
}

static inline uint64_t seconds_to_ns(double seconds) {
    return (uint64_t)(seconds * 1e9);
}

// Prints the reason to stderr and ends the process with status 1. No result line is printed.
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
