// SPDX-License-Identifier: Apache-2.0
// Publishers and subscribers at the same time: warm up, measure, drain, report.
#include <stdio.h>
#include <stdlib.h>

#include "clock.h"
#include "client.h"
#include "publisher.h"
#include "report.h"
#include "runs.h"
#include "stream.h"
#include "topics.h"

#define FILTERS_PER_PACKET 50
#define SLOW_READS_PER_S 20
// A closed loop in which nothing arrives for so long has lost its last messages and is let go on.
#define STALL_NS NS_PER_S

struct traffic {
    const struct options *options;
    struct loop loop;
    struct crowd subscribers, publishing, slow;
    struct publisher *publishers;
    struct stream *streams;  // [publisher * subscribers + subscriber]
    bool measuring;
    uint64_t arrived, foreign, slow_bytes, slow_next_ns, stalls;
    struct histogram latency, connect_times, ack_times;
};

struct sample {
    struct usage usage;
    uint64_t arrived, sent, completed;
};

// Finds how far the slowest receiver of a publisher has come and how many stand there. It looks at all of them, but
// only once they all have moved on, so that it costs each delivery one step.
static void settle(struct traffic *traffic, struct publisher *publisher) {
    const struct options *o = traffic->options;
    const struct stream *streams = &traffic->streams[(size_t)publisher->number * o->subscribers];
    unsigned step = o->wide ? 1 : o->topics;
    uint64_t lowest = UINT64_MAX;
    for (unsigned i = o->wide ? 0 : publisher->number % o->topics; i < o->subscribers; i += step) {
        if (streams[i].next < lowest) {
            lowest = streams[i].next;
            publisher->at_settled = 0;
        }
        publisher->at_settled += streams[i].next == lowest ? 1 : 0;
    }
    publisher->settled = lowest;
}

static void arrive(struct traffic *traffic, struct publisher *publisher, struct stream *stream, uint64_t number) {
    uint64_t before = stream->next;
    uint64_t moved = stream_see(stream, number);
    publisher->returned += moved;
    if (publisher->numbers != NULL) {
        // Each message has one receiver, so every arrival settles as many.
        publisher->settled += moved;
    } else if (before <= publisher->settled && stream->next > publisher->settled && --publisher->at_settled == 0) {
        settle(traffic, publisher);
    }
}

static void on_publish(struct client *client, const struct publish *publish) {
    struct traffic *traffic = client->crowd->owner;
    struct stamp stamp;
    if (publish->payload_length < sizeof stamp) {
        traffic->foreign++;
        return;
    }
    memcpy(&stamp, publish->payload, sizeof stamp);
    if (stamp.run != traffic->options->run || stamp.publisher >= traffic->options->publishers) {
        traffic->foreign++;
        return;
    }
    struct stream *stream = &traffic->streams[stamp.publisher * traffic->options->subscribers + client->number];
    arrive(traffic, &traffic->publishers[stamp.publisher], stream, stamp.number);
    traffic->arrived++;
    if (traffic->measuring) {
        histogram_add(&traffic->latency, traffic->loop.now - stamp.sent_ns);
    }
}

static void on_slow_publish(struct client *client, const struct publish *publish) {
    struct traffic *traffic = client->crowd->owner;
    traffic->slow_bytes += publish->payload_length;
}

static void subscribe_topics(struct crowd *crowd, const struct options *options) {
    for (unsigned i = 0; i < crowd->count; i++) {
        char filter[TOPIC_BYTES] = ALL_TOPICS;
        if (!options->wide) {
            topics_name(filter, i % options->topics);
        }
        uint16_t length = (uint16_t)strlen(filter);
        client_subscribe(&crowd->clients[i], (uint8_t)options->subscription_qos, 1, filter, &length);
    }
}

// One packet of the filters first, first + subscribers, ... of one client. Returns the index after them.
static unsigned subscribe_some(struct client *client, const struct options *options, unsigned first) {
    char filters[FILTERS_PER_PACKET * TOPIC_BYTES];
    uint16_t lengths[FILTERS_PER_PACKET];
    unsigned count = 0;
    size_t at = 0;
    for (; count < FILTERS_PER_PACKET && first < options->filters; first += options->subscribers) {
        topics_wild_filter(filters + at, first);
        lengths[count] = (uint16_t)strlen(filters + at);
        at += lengths[count++];
    }
    client_subscribe(client, (uint8_t)options->subscription_qos, count, filters, lengths);
    return first;
}

static void subscribe_wild(struct crowd *crowd, const struct options *options) {
    unsigned asked = 0;
    bool more = true;
    unsigned *next = malloc(crowd->count * sizeof *next);
    for (unsigned i = 0; i < crowd->count; i++) {
        next[i] = i;
    }
    while (more) {
        more = false;
        for (unsigned i = 0; i < crowd->count; i++) {
            if (next[i] < options->filters) {
                next[i] = subscribe_some(&crowd->clients[i], options, next[i]);
                asked++;
                more = true;
            }
        }
        crowd_await_subscriptions(crowd, asked);
    }
    free(next);
}

static unsigned receivers_of(const struct options *options, unsigned topic) {
    if (options->wide) {
        return options->subscribers;
    }
    unsigned rest = options->subscribers % options->topics;
    return options->subscribers / options->topics + (topic < rest ? 1 : 0);
}

static void set_up_publishers(struct traffic *traffic, uint64_t start) {
    const struct options *o = traffic->options;
    for (unsigned i = 0; i < o->publishers; i++) {
        struct publisher *publisher = &traffic->publishers[i];
        publisher->number = i;
        publisher->client = &traffic->publishing.clients[i];
        publisher->limit = UINT64_MAX;
        if (o->filters > 0) {
            publisher_wild(publisher, o);
        } else {
            publisher_topic(publisher, o, i % o->topics);
            publisher->receivers = receivers_of(o, i % o->topics);
            publisher->at_settled = publisher->receivers;
        }
        if (o->rate > 0) {
            publisher->interval_ns = (uint64_t)(1e9 * o->publishers / o->rate);
            // Spread evenly: together they send at the whole rate, not all at the same instant.
            publisher->due_ns = start + publisher->interval_ns * i / o->publishers;
        }
    }
}

static void open_crowd(struct traffic *traffic, struct crowd *crowd, unsigned count, const char *role) {
    runs_crowd(crowd, traffic->options, &traffic->loop, role);
    crowd->owner = traffic;
    crowd->on_publish = on_publish;
    crowd->connect_times = &traffic->connect_times;
    crowd_open(crowd, count);
}

static void set_up(struct traffic *traffic) {
    const struct options *o = traffic->options;
    bool closed_loop = (o->qos > 0 || o->credit > 0) && o->rate == 0;
    loop_open(&traffic->loop, closed_loop ? o->gather_us * NS_PER_US : 0);
    open_crowd(traffic, &traffic->subscribers, o->subscribers, "sub");
    open_crowd(traffic, &traffic->publishing, o->publishers, "pub");
    open_crowd(traffic, &traffic->slow, o->slow, "slow");
    traffic->slow.on_publish = on_slow_publish;
    traffic->publishers = calloc(o->publishers, sizeof *traffic->publishers);
    traffic->streams = calloc((size_t)o->publishers * o->subscribers, sizeof *traffic->streams);
    if (traffic->publishers == NULL || traffic->streams == NULL) {
        fail("out of memory");
    }
    for (unsigned i = 0; o->qos > 0 && i < o->publishers; i++) {
        client_open_window(&traffic->publishing.clients[i], (uint16_t)o->window);
        if (o->acks) {
            client_time_acks(&traffic->publishing.clients[i]);
        }
    }
}

static void connect_all(struct traffic *traffic) {
    const struct options *o = traffic->options;
    struct crowd *crowds[] = {&traffic->subscribers, &traffic->slow, &traffic->publishing};
    for (unsigned i = 0; i < 3; i++) {
        crowd_connect(crowds[i], o->concurrency);
    }
    if (o->filters > 0) {
        subscribe_wild(&traffic->subscribers, o);
    } else {
        subscribe_topics(&traffic->subscribers, o);
        crowd_await_subscriptions(&traffic->subscribers, o->subscribers);
    }
    subscribe_topics(&traffic->slow, o);
    crowd_await_subscriptions(&traffic->slow, o->slow);
    for (unsigned i = 0; i < o->slow; i++) {
        link_pause_reading(&traffic->slow.clients[i].link, true);
    }
}

// Lets the slow subscribers read their bit and says when they may again.
static uint64_t serve_slow(struct traffic *traffic) {
    if (traffic->slow.count == 0) {
        return UINT64_MAX;
    }
    if (traffic->loop.now >= traffic->slow_next_ns) {
        for (unsigned i = 0; i < traffic->slow.count; i++) {
            if (traffic->slow.clients[i].is_connected) {
                link_read_some(&traffic->slow.clients[i].link, traffic->options->slow_rate / SLOW_READS_PER_S + 1);
            }
        }
        traffic->slow_next_ns = traffic->loop.now + NS_PER_S / SLOW_READS_PER_S;
    }
    return traffic->slow_next_ns;
}

// Writes what may be written now and says when there will be more of it to write, if nothing arrives.
static uint64_t publish(struct traffic *traffic) {
    const struct options *o = traffic->options;
    uint64_t wake = UINT64_MAX;
    for (unsigned i = 0; i < o->publishers; i++) {
        struct publisher *publisher = &traffic->publishers[i];
        uint64_t now = o->rate > 0 ? clock_now() : traffic->loop.now;
        publisher_send(publisher, o, publisher_budget(publisher, o, now), now);
        uint64_t next = o->rate > 0 ? publisher->due_ns : now;
        bool limited = (o->credit > 0 || o->qos > 0) && o->rate == 0;
        if (!limited && !publisher->client->link.wants_room && publisher->client->is_connected && next < wake) {
            wake = next;
        }
    }
    return wake;
}

static void forgive(struct traffic *traffic) {
    traffic->stalls++;
    for (unsigned i = 0; i < traffic->options->publishers; i++) {
        struct publisher *publisher = &traffic->publishers[i];
        publisher->settled = publisher->sent;
        publisher->at_settled = publisher->receivers;
    }
}

static void pass(struct traffic *traffic, uint64_t until, uint64_t wake) {
    uint64_t slow = serve_slow(traffic);
    until = wake < until ? wake : until;
    loop_pass(&traffic->loop, slow < until ? slow : until);
}

static void run_until(struct traffic *traffic, uint64_t end) {
    uint64_t last_arrival = traffic->loop.now;
    while (traffic->loop.now < end) {
        uint64_t arrived = traffic->arrived;
        uint64_t step = traffic->loop.now + STALL_NS;
        pass(traffic, step < end ? step : end, publish(traffic));
        if (traffic->arrived != arrived) {
            last_arrival = traffic->loop.now;
        } else if (traffic->options->credit > 0 && traffic->loop.now - last_arrival > STALL_NS) {
            forgive(traffic);
            last_arrival = traffic->loop.now;
        }
    }
}

static bool all_settled(const struct traffic *traffic) {
    uint64_t sent = 0;
    for (unsigned i = 0; i < traffic->options->publishers; i++) {
        if (traffic->publishers[i].returned < traffic->publishers[i].owed) {
            return false;
        }
        sent += traffic->publishers[i].sent;
    }
    return traffic->options->qos == 0 || traffic->publishing.completed == sent;
}

static void drain(struct traffic *traffic) {
    uint64_t patience = seconds_to_ns(traffic->options->drain);
    uint64_t progress = traffic->loop.now;
    while (!all_settled(traffic) && traffic->loop.now - progress < patience) {
        uint64_t before = traffic->arrived + traffic->publishing.completed;
        pass(traffic, progress + patience, UINT64_MAX);
        if (traffic->arrived + traffic->publishing.completed != before) {
            progress = traffic->loop.now;
        }
    }
}

static struct sample take(const struct traffic *traffic) {
    struct sample sample = {.usage = usage_now(traffic->options->broker),
                            .arrived = traffic->arrived,
                            .completed = traffic->publishing.completed};
    for (unsigned i = 0; i < traffic->options->publishers; i++) {
        sample.sent += traffic->publishers[i].sent;
    }
    return sample;
}

static void report_order(const struct traffic *traffic) {
    const struct options *o = traffic->options;
    uint64_t lost = 0, duplicated = 0, reordered = 0;
    for (size_t i = 0; i < (size_t)o->publishers * o->subscribers; i++) {
        lost += traffic->streams[i].missing;
        duplicated += traffic->streams[i].duplicated;
        reordered += traffic->streams[i].reordered;
    }
    for (unsigned i = 0; i < o->publishers; i++) {
        lost += traffic->publishers[i].owed - traffic->publishers[i].returned;
    }
    report_count("lost", lost);
    report_count("duplicated", duplicated);
    report_count("reordered", reordered);
    report_count("foreign", traffic->foreign);
    report_count("stalls", traffic->stalls);
    report_count("refused", traffic->publishing.refused);
    report_count("closed", traffic->publishing.closed + traffic->subscribers.closed);
}

static void report(const struct traffic *traffic, const struct sample *from, const struct sample *to) {
    const struct options *o = traffic->options;
    double seconds = (double)(to->usage.at_ns - from->usage.at_ns) / 1e9;
    uint64_t messages = to->arrived - from->arrived;
    report_begin(o, NULL);
    report_count("pubs", o->publishers);
    report_count("subs", o->subscribers);
    report_real("seconds", seconds);
    report_count("messages", messages);
    report_real("rate", (double)messages / seconds);
    report_real("sent_rate", (double)(to->sent - from->sent) / seconds);
    report_latency(&traffic->latency);
    if (o->acks) {
        report_acknowledged(&traffic->ack_times);
    }
    report_order(traffic);
    if (o->slow > 0) {
        report_real("slow_bytes", (double)traffic->slow_bytes);
        report_count("slow_closed", traffic->slow.closed);
    }
    report_usage(o, &from->usage, &to->usage, messages);
    report_end();
}

void run_traffic(const struct options *options) {
    struct traffic *traffic = calloc(1, sizeof *traffic);
    if (traffic == NULL) {
        fail("out of memory");
    }
    traffic->options = options;
    set_up(traffic);
    connect_all(traffic);
    uint64_t start = clock_now();
    set_up_publishers(traffic, start);
    uint64_t measured_from = start + seconds_to_ns(options->warmup);
    run_until(traffic, measured_from);
    struct sample from = take(traffic);
    traffic->measuring = true;
    traffic->publishing.ack_times = &traffic->ack_times;
    run_until(traffic, from.usage.at_ns + seconds_to_ns(options->duration));
    struct sample to = take(traffic);
    traffic->measuring = false;
    traffic->publishing.ack_times = NULL;
    drain(traffic);
    report(traffic, &from, &to);
    crowd_close(&traffic->publishing);
    crowd_close(&traffic->subscribers);
    crowd_close(&traffic->slow);
    if (options->persistent) {
        crowd_end_sessions(&traffic->subscribers, options->concurrency);
    }
}
