// SPDX-License-Identifier: Apache-2.0
// The command line: a scenario, which is a kind of run with its usual settings, and what overrides them.
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum kind { TRAFFIC, RETAINED, KEEP, REPLAY, OFFLINE, SESSIONS, QUEUES, TAKE, IDLE, HANDSHAKES, PROBE };

struct options {
    enum kind kind;
    const char *scenario, *label, *host;
    unsigned port, from_port, version, qos, subscription_qos, size;
    unsigned publishers, subscribers, topics;
    bool wide;         // each subscriber takes all topics by one wildcard filter
    unsigned filters;  // wildcard filters over all subscribers, 0 = plain topics
    unsigned window, credit, count, concurrency, gather_us, chunk, keep_alive, source_addresses, receive_buffer;
    bool persistent;     // the subscribers' sessions outlive their connections
    bool acks;           // the time to acknowledgements is measured
    unsigned sessions;   // absent ones with a queue each
    unsigned slow;       // further subscribers that hardly read
    unsigned slow_rate;  // bytes per second of each of them
    double rate, warmup, duration, drain, hold, timeout;
    const char *cafile, *tls_version;  // null: no TLS; the highest version both know
    bool resume, websocket, frame_each;
    unsigned proxy;
    pid_t broker;
    uint32_t run;  // tells this run's messages from those of an earlier one
};

struct options options_parse(int argc, char **argv);

#endif
