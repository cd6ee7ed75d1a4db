// SPDX-License-Identifier: Apache-2.0
#include "fill.h"

#include <stdlib.h>

#include "clock.h"
#include "report.h"
#include "runs.h"

static void ignore(struct client *client, const struct publish *publish) {
    (void)client;
    (void)publish;
}

void fill_open(struct fill *fill, const struct options *o, struct loop *loop, const char *series, unsigned topics,
               bool retain) {
    fill->options = o;
    fill->loop = loop;
    runs_crowd(&fill->crowd, o, loop, "pub");
    fill->crowd.on_publish = ignore;
    crowd_open(&fill->crowd, o->publishers);
    fill->publishers = calloc(o->publishers, sizeof *fill->publishers);
    if (fill->publishers == NULL) {
        fail("out of memory");
    }
    for (unsigned i = 0; i < o->publishers; i++) {
        struct publisher *publisher = &fill->publishers[i];
        publisher->number = i;
        publisher->client = &fill->crowd.clients[i];
        publisher_numbered(publisher, o, series, retain);
        publisher->items = topics;
        if (o->qos > 0) {
            client_open_window(publisher->client, (uint16_t)o->window);
        }
    }
}

// QoS 0 has no acknowledgement: a PINGRESP says that the broker has read what stood before the PINGREQ.
static void ping_when_done(struct fill *fill, unsigned *pinged) {
    for (unsigned i = *pinged; i < fill->options->publishers; i++) {
        if (fill->publishers[i].sent < fill->publishers[i].limit) {
            return;
        }
        client_ping(&fill->crowd.clients[i]);
        *pinged = i + 1;
    }
}

static bool is_stored(const struct fill *fill) {
    if (fill->options->qos > 0) {
        return fill->crowd.completed >= fill->options->count;
    }
    return fill->crowd.pongs >= fill->options->publishers;
}

static void send_all(struct fill *fill) {
    const struct options *o = fill->options;
    unsigned pinged = 0;
    fill->loop->now = clock_now();
    while (!is_stored(fill)) {
        bool more = false;
        for (unsigned i = 0; i < o->publishers; i++) {
            struct publisher *publisher = &fill->publishers[i];
            publisher_send(publisher, o, publisher_budget(publisher, o, fill->loop->now), fill->loop->now);
            more |= o->qos == 0 && publisher->sent < publisher->limit && !publisher->client->link.wants_room;
        }
        if (o->qos == 0) {
            ping_when_done(fill, &pinged);
        }
        loop_pass(fill->loop, more ? 0 : clock_now() + NS_PER_S);
        if (fill->crowd.closed > 0) {
            fail("the broker closed a publisher's connection");
        }
    }
}

void fill_run(struct fill *fill, const char *part) {
    const struct options *o = fill->options;
    crowd_connect(&fill->crowd, o->concurrency);
    uint64_t rss_before = process_rss_kb(o->broker);
    struct usage from = usage_now(o->broker);
    send_all(fill);
    struct usage to = usage_now(o->broker);
    report_begin(o, part);
    report_rate(o->count, (double)(to.at_ns - from.at_ns) / 1e9);
    report_count("refused", fill->crowd.refused);
    if (o->broker > 0) {
        double grown = (double)process_rss_kb(o->broker) - (double)rss_before;
        report_real("bytes_per_message", 1024.0 * grown / o->count);
    }
    report_usage(o, &from, &to, o->count);
    report_end();
    crowd_close(&fill->crowd);
}
