// SPDX-License-Identifier: Apache-2.0
// Messages that the broker keeps: stored by some publishers first, taken by one subscriber after.
#include <stdlib.h>

#include "clock.h"
#include "client.h"
#include "fill.h"
#include "report.h"
#include "runs.h"
#include "stream.h"
#include "topics.h"

// How long to go on listening after the last message, for duplicates.
#define LINGER_NS (100 * NS_PER_MS)

struct backlog {
    const struct options *options;
    const char *series;  // of topics: retained messages and queued ones shall not meet
    struct loop loop;
    struct fill fill;
    struct crowd subscriber;
    struct stream *streams;  // by publisher
    uint64_t arrived, foreign, last_arrival_ns;
};

static void on_publish(struct client *client, const struct publish *publish) {
    struct backlog *backlog = client->crowd->owner;
    struct stamp stamp;
    if (publish->payload_length >= sizeof stamp) {
        memcpy(&stamp, publish->payload, sizeof stamp);
        if (stamp.run == backlog->options->run && stamp.publisher < backlog->options->publishers) {
            stream_see(&backlog->streams[stamp.publisher], stamp.number);
            backlog->arrived++;
            backlog->last_arrival_ns = backlog->loop.now;
            return;
        }
    }
    backlog->foreign++;
}

static void set_up(struct backlog *backlog, const struct options *o, const char *series, bool retain) {
    backlog->options = o;
    backlog->series = series;
    loop_open(&backlog->loop, o->gather_us * NS_PER_US);
    fill_open(&backlog->fill, o, &backlog->loop, series, o->count, retain);
    runs_crowd(&backlog->subscriber, o, &backlog->loop, "sub");
    backlog->subscriber.owner = backlog;
    backlog->subscriber.on_publish = on_publish;
    crowd_open(&backlog->subscriber, 1);
    backlog->streams = calloc(o->publishers, sizeof *backlog->streams);
    if (backlog->streams == NULL) {
        fail("out of memory");
    }
}

static void await_messages(struct backlog *backlog) {
    uint64_t patience = seconds_to_ns(backlog->options->drain);
    uint64_t progress = clock_now();
    uint64_t arrived = backlog->arrived;
    while (backlog->arrived < backlog->options->count && clock_now() - progress < patience) {
        loop_pass(&backlog->loop, progress + patience);
        if (backlog->arrived != arrived) {
            progress = clock_now();
            arrived = backlog->arrived;
        }
    }
}

static void linger(struct backlog *backlog) {
    uint64_t end = clock_now() + LINGER_NS;
    while (clock_now() < end) {
        loop_pass(&backlog->loop, end);
    }
}

static void report_order(const struct backlog *backlog, bool ordered) {
    const struct options *o = backlog->options;
    uint64_t seen = 0, duplicated = 0, reordered = 0;
    for (unsigned i = 0; i < o->publishers; i++) {
        seen += backlog->streams[i].next - backlog->streams[i].missing;
        duplicated += backlog->streams[i].duplicated;
        reordered += backlog->streams[i].reordered;
    }
    if (ordered) {
        report_count("lost", o->count - seen);
        report_count("duplicated", duplicated);
        report_count("reordered", reordered);
    } else {
        // Retained messages come in any order; only their number says something.
        report_count("lost", backlog->arrived < o->count ? o->count - backlog->arrived : 0);
        report_count("duplicated", backlog->arrived > o->count ? backlog->arrived - o->count : 0);
    }
    report_count("foreign", backlog->foreign);
}

static void subscribe_all(struct backlog *backlog) {
    char filter[TOPIC_BYTES];
    topics_numbered_filter(filter, backlog->series);
    uint16_t length = (uint16_t)strlen(filter);
    client_subscribe(&backlog->subscriber.clients[0], (uint8_t)backlog->options->subscription_qos, 1, filter, &length);
}

static void take(struct backlog *backlog, const char *part, bool subscribe) {
    const struct options *o = backlog->options;
    // Nothing comes back to a single receiver that it could gather; a pause would only hold up its acknowledgements.
    backlog->loop.gather_ns = 0;
    struct usage from = usage_now(o->broker);
    crowd_connect(&backlog->subscriber, 1);
    if (subscribe) {
        subscribe_all(backlog);
    }
    await_messages(backlog);
    struct usage to = usage_now(o->broker);
    uint64_t last = backlog->arrived > 0 ? backlog->last_arrival_ns : to.at_ns;
    double seconds = (double)(last - from.at_ns) / 1e9;
    linger(backlog);
    report_begin(o, part);
    report_rate(backlog->arrived, seconds);
    report_order(backlog, !subscribe);
    report_count("closed", backlog->subscriber.closed);
    report_usage(o, &from, &to, backlog->arrived);
    report_end();
    crowd_close(&backlog->subscriber);
}

void run_retained(const struct options *options) {
    static struct backlog backlog;
    set_up(&backlog, options, "kept", true);
    if (options->kind != REPLAY) {
        fill_run(&backlog.fill, "store");
    }
    if (options->kind != KEEP) {
        take(&backlog, "replay", true);
    }
}

static void subscribe_and_leave(struct backlog *backlog) {
    struct crowd *crowd = &backlog->subscriber;
    crowd->clean = true;
    crowd->session_expiry = RUNS_SESSION_EXPIRY_S;
    if (backlog->options->version == PROTOCOL_3_1_1) {
        // Clean session 1 would end with the connection; the client id is new, so there is nothing to clean.
        crowd->clean = false;
    }
    crowd_connect(crowd, 1);
    subscribe_all(backlog);
    while (crowd->subscriptions_answered == 0) {
        loop_pass(&backlog->loop, clock_now() + NS_PER_S);
    }
    crowd_close(crowd);
}

void run_offline(const struct options *options) {
    static struct backlog backlog;
    set_up(&backlog, options, "queued", false);
    subscribe_and_leave(&backlog);
    fill_run(&backlog.fill, "fill");
    backlog.subscriber.clean = false;
    take(&backlog, "drain", false);
    if (backlog.subscriber.sessions_present == 0) {
        fail("the broker had not kept the session");
    }
    crowd_end_sessions(&backlog.subscriber, 1);
}
