// SPDX-License-Identifier: Apache-2.0
// Connections in turn, each ended as soon as it has its CONNACK: what coming in costs.
#include <stdlib.h>

#include "clock.h"
#include "client.h"
#include "report.h"
#include "runs.h"
#include "tls.h"

struct turns {
    struct crowd crowd;
    struct client *ready;  // have their CONNACK and shall leave
    unsigned started, done;
};

static void ignore_publish(struct client *client, const struct publish *publish) {
    (void)client;
    (void)publish;
}

// Leaving has to wait until the loop has done with the link.
static void on_connected(struct client *client) {
    struct turns *turns = client->crowd->owner;
    client->next_ready = turns->ready;
    turns->ready = client;
}

// Runs until `count` more have been let in, and goes on with all places as long as more are to come.
static void run(struct turns *turns, unsigned count) {
    unsigned end = turns->done + count;
    unsigned last = turns->started + count;
    for (unsigned i = 0; i < turns->crowd.count && turns->started < last; i++) {
        client_connect(&turns->crowd.clients[i], turns->started++);
    }
    while (turns->done < end) {
        loop_pass(turns->crowd.loop, clock_now() + NS_PER_S);
        while (turns->ready != NULL) {
            struct client *client = turns->ready;
            turns->ready = client->next_ready;
            client_leave(client);
            turns->done++;
            if (turns->started < last) {
                client_connect(client, turns->started++);
            }
        }
    }
}

static void report(const struct options *o, const struct turns *turns, unsigned resumed, const struct usage *from,
                   const struct usage *to) {
    double seconds = (double)(to->at_ns - from->at_ns) / 1e9;
    report_begin(o, NULL);
    report_count("connections", o->count);
    report_count("resumed", resumed);
    report_real("seconds", seconds);
    report_real("rate", o->count / seconds);
    report_latency(turns->crowd.connect_times);
    if (o->broker > 0) {
        report_real("broker_us_each", (double)(to->broker_ns - from->broker_ns) / 1e3 / o->count);
    }
    report_real("driver_us_each", (double)(to->driver_ns - from->driver_ns) / 1e3 / o->count);
    report_usage(o, from, to, o->count);
    report_end();
}

void run_handshakes(const struct options *options) {
    static struct histogram connect_times;
    struct loop loop;
    struct turns turns = {.crowd = {.on_publish = ignore_publish, .on_connected = on_connected, .owner = &turns}};
    const struct way_settings *way = runs_way(options);
    const struct tls *tls = way != NULL ? way->tls : NULL;
    loop_open(&loop, 0);
    runs_crowd(&turns.crowd, options, &loop, "turn");
    crowd_open(&turns.crowd, options->concurrency);
    // A round before: the first connection of all costs the broker more, and from these come the sessions to resume.
    run(&turns, options->concurrency);
    turns.crowd.connect_times = &connect_times;
    unsigned resumed = tls != NULL ? tls_resumed(tls) : 0;
    struct usage from = usage_now(options->broker);
    run(&turns, options->count);
    struct usage to = usage_now(options->broker);
    report(options, &turns, tls != NULL ? tls_resumed(tls) - resumed : 0, &from, &to);
}
