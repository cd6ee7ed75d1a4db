// SPDX-License-Identifier: Apache-2.0
// Connections without traffic, and waiting for a broker that is still starting.
#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "client.h"
#include "report.h"
#include "runs.h"

#define PROBE_PAUSE_NS NS_PER_MS

static void ignore_publish(struct client *client, const struct publish *publish) {
    (void)client;
    (void)publish;
}

static void hold(struct loop *loop, double seconds) {
    uint64_t end = clock_now() + seconds_to_ns(seconds);
    while (clock_now() < end) {
        loop_pass(loop, end);
    }
}

// The broker's first connection costs it more than the others, so one is made and ended before.
static void connect_once(const struct options *options, struct loop *loop) {
    struct crowd crowd = {.on_publish = ignore_publish};
    runs_crowd(&crowd, options, loop, "first");
    crowd_open(&crowd, 1);
    crowd_connect(&crowd, 1);
    crowd_close(&crowd);
}

static void report_idle(const struct options *o, const struct crowd *crowd, const struct usage samples[4],
                        const uint64_t rss_kb[2]) {
    double seconds = (double)(samples[1].at_ns - samples[0].at_ns) / 1e9;
    double held = (double)(samples[3].at_ns - samples[2].at_ns) / 1e9;
    report_begin(o, NULL);
    report_count("connections", crowd->count);
    report_real("seconds", seconds);
    report_real("rate", (double)crowd->count / seconds);
    report_latency(crowd->connect_times);
    report_count("closed", crowd->closed);
    if (o->broker > 0) {
        report_count("rss_before_kb", rss_kb[0]);
        report_real("bytes_per_connection", 1024.0 * ((double)rss_kb[1] - (double)rss_kb[0]) / crowd->count);
        report_real("idle_cpu", (double)(samples[3].broker_ns - samples[2].broker_ns) / 1e9 / held);
    }
    report_usage(o, &samples[0], &samples[1], crowd->count);
    report_end();
}

void run_idle(const struct options *options) {
    static struct histogram connect_times;
    struct loop loop;
    struct crowd crowd = {.on_publish = ignore_publish, .connect_times = &connect_times};
    struct usage samples[4];
    uint64_t rss_kb[2];
    loop_open(&loop, 0);
    connect_once(options, &loop);
    hold(&loop, 0.2);
    runs_crowd(&crowd, options, &loop, "idle");
    crowd_open(&crowd, options->count);
    rss_kb[0] = process_rss_kb(options->broker);
    samples[0] = usage_now(options->broker);
    crowd_connect(&crowd, options->concurrency);
    samples[1] = usage_now(options->broker);
    // What the broker still does for the new connections shall not count as idling.
    hold(&loop, 1);
    samples[2] = usage_now(options->broker);
    hold(&loop, options->hold);
    samples[3] = usage_now(options->broker);
    rss_kb[1] = process_rss_kb(options->broker);
    report_idle(options, &crowd, samples, rss_kb);
    crowd_close(&crowd);
}

static bool listens(const struct sockaddr_in *address) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool accepted = fd >= 0 && connect(fd, (const struct sockaddr *)address, sizeof *address) == 0;
    close(fd);
    return accepted;
}

void run_probe(const struct options *options) {
    struct loop loop;
    struct crowd crowd = {.on_publish = ignore_publish};
    uint64_t start = clock_now();
    loop_open(&loop, 0);
    runs_crowd(&crowd, options, &loop, "probe");
    while (!listens(&crowd.link.broker)) {
        nanosleep(&(struct timespec){.tv_nsec = PROBE_PAUSE_NS}, NULL);
    }
    crowd_open(&crowd, 1);
    crowd_connect(&crowd, 1);
    report_begin(options, NULL);
    report_real("wait_ms", (double)(clock_now() - start) / 1e6);
    if (options->broker > 0) {
        report_count("rss_kb", process_rss_kb(options->broker));
    }
    report_end();
    crowd_close(&crowd);
}
