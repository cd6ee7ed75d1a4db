// SPDX-License-Identifier: Apache-2.0
#include "process.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"

static uint64_t own_cpu(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    uint64_t seconds = (uint64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec);
    uint64_t micros = (uint64_t)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
    return seconds * NS_PER_S + micros * NS_PER_US;
}

// The scheduler's count: /proc/<pid>/stat has the same number, but only in steps of 10 ms.
static uint64_t cpu_of(pid_t pid) {
    clockid_t clock;
    struct timespec time;
    if (pid <= 0) {
        return 0;
    }
    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &time) != 0) {
        fail("no process %d to read the CPU time of", (int)pid);
    }
    return (uint64_t)time.tv_sec * NS_PER_S + (uint64_t)time.tv_nsec;
}

static void machine_usage(struct usage *usage) {
    unsigned long long user, nice, system, idle, iowait, irq, softirq, steal;
    FILE *file = fopen("/proc/stat", "r");
    if (file == NULL) {
        return;
    }
    if (fscanf(file, "cpu %llu %llu %llu %llu %llu %llu %llu %llu", &user, &nice, &system, &idle, &iowait, &irq,
               &softirq, &steal) == 8) {
        uint64_t tick = NS_PER_S / (uint64_t)sysconf(_SC_CLK_TCK);
        usage->busy_ns = (user + nice + system + irq + softirq) * tick;
        usage->steal_ns = steal * tick;
    }
    fclose(file);
}

struct usage usage_now(pid_t broker) {
    struct usage usage = {.at_ns = clock_now(), .driver_ns = own_cpu(), .broker_ns = cpu_of(broker)};
    machine_usage(&usage);
    return usage;
}

static uint64_t status_kb(pid_t pid, const char *field) {
    char path[64];
    char line[256];
    unsigned long long value = 0;
    if (pid <= 0) {
        return 0;
    }
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        fail("no process %d to read the memory of", (int)pid);
    }
    while (fgets(line, sizeof line, file) != NULL) {
        size_t length = strlen(field);
        if (strncmp(line, field, length) == 0 && sscanf(line + length, ": %llu", &value) == 1) {
            break;
        }
    }
    fclose(file);
    return value;
}

uint64_t process_rss_kb(pid_t pid) {
    return status_kb(pid, "VmRSS");
}

uint64_t process_peak_rss_kb(pid_t pid) {
    return status_kb(pid, "VmHWM");
}
