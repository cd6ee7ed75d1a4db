// SPDX-License-Identifier: Apache-2.0
// What this process, the broker's and the whole machine have used.
#ifndef PROCESS_H
#define PROCESS_H

#include <stdint.h>
#include <sys/types.h>

struct usage {
    uint64_t at_ns;      // wall clock (monotonic) of the sample
    uint64_t driver_ns;  // CPU time of this process, user and system
    uint64_t broker_ns;  // CPU time of the broker, all its threads; 0 when its pid is not known
    uint64_t busy_ns, steal_ns;  // of all the machine's CPUs, in steps of 10 ms
};

// `broker` is the broker's process id, or 0.
struct usage usage_now(pid_t broker);

// Resident memory in KB, now and at its highest; 0 when the pid is not known.
uint64_t process_rss_kb(pid_t pid);
uint64_t process_peak_rss_kb(pid_t pid);

#endif
