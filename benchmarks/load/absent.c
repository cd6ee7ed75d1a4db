// SPDX-License-Identifier: Apache-2.0
// Sessions whose clients are away: made in great number, their queues filled in one run and taken in another, so that the
// broker can be started anew in between.
#include <stdlib.h>

#include "clock.h"
#include "client.h"
#include "fill.h"
#include "report.h"
#include "runs.h"
#include "stream.h"
#include "topics.h"

#define QUEUES_SERIES "queue"
#define SESSIONS_SERIES "mine"

struct absent {
    const struct options *options;
    struct loop loop;
    struct crowd crowd;
    uint64_t *next;  // by session: the number that must come next
    uint64_t arrived, missing, duplicated, foreign, last_arrival_ns;
};

// Session s gets the messages of publisher s mod P only, every (sessions / P)-th of them.
static uint64_t step(const struct options *o) {
    return o->sessions / o->publishers;
}

static void on_publish(struct client *client, const struct publish *publish) {
    struct absent *absent = client->crowd->owner;
    const struct options *o = absent->options;
    struct stamp stamp;
    if (publish->payload_length < sizeof stamp) {
        absent->foreign++;
        return;
    }
    memcpy(&stamp, publish->payload, sizeof stamp);
    if (stamp.run != o->run || stamp.publisher != client->number % o->publishers) {
        absent->foreign++;
        return;
    }
    uint64_t *next = &absent->next[client->number];
    if (stamp.number < *next) {
        absent->duplicated++;
        return;
    }
    absent->missing += (stamp.number - *next) / step(o);
    *next = stamp.number + step(o);
    absent->arrived++;
    absent->last_arrival_ns = absent->loop.now;
}

static void set_up(struct absent *absent, const struct options *o, const char *role, unsigned count) {
    absent->options = o;
    loop_open(&absent->loop, 0);
    runs_crowd(&absent->crowd, o, &absent->loop, role);
    absent->crowd.owner = absent;
    absent->crowd.on_publish = on_publish;
    absent->crowd.clean = false;
    absent->crowd.session_expiry = RUNS_SESSION_EXPIRY_S;
    crowd_open(&absent->crowd, count);
}

static void subscribe_own(struct client *client, uint8_t qos, const char *series) {
    char filter[TOPIC_BYTES];
    topics_numbered(filter, series, client->number);
    uint16_t length = (uint16_t)strlen(filter);
    client_subscribe(client, qos, 1, filter, &length);
}

// Connects and subscribes some at a time, and leaves: each client stands for many sessions in turn. Returns how many of
// them the broker had already.
static unsigned make_sessions(struct absent *absent, unsigned sessions, const char *series) {
    struct crowd *crowd = &absent->crowd;
    unsigned at_a_time = crowd->count;
    for (unsigned made = 0; made < sessions; made += crowd->count) {
        crowd->count = sessions - made < at_a_time ? sessions - made : at_a_time;
        for (unsigned i = 0; i < crowd->count; i++) {
            crowd->clients[i].number = made + i;
        }
        crowd_connect(crowd, crowd->count);
        crowd->subscriptions_answered = 0;
        for (unsigned i = 0; i < crowd->count; i++) {
            subscribe_own(&crowd->clients[i], (uint8_t)absent->options->subscription_qos, series);
        }
        crowd_await_subscriptions(crowd, crowd->count);
        crowd_close(crowd);
    }
    return crowd->sessions_present;
}

void run_sessions(const struct options *options) {
    static struct absent absent;
    set_up(&absent, options, "away", options->concurrency);
    struct usage from = usage_now(options->broker);
    unsigned present = make_sessions(&absent, options->count, SESSIONS_SERIES);
    struct usage to = usage_now(options->broker);
    report_begin(options, NULL);
    report_rate(options->count, (double)(to.at_ns - from.at_ns) / 1e9);
    report_count("sessions_present", present);
    report_usage(options, &from, &to, options->count);
    report_end();
}

void run_queues(const struct options *options) {
    static struct absent absent;
    static struct fill fill;
    set_up(&absent, options, "queue", options->concurrency);
    make_sessions(&absent, options->sessions, QUEUES_SERIES);
    absent.loop.gather_ns = options->gather_us * NS_PER_US;
    fill_open(&fill, options, &absent.loop, QUEUES_SERIES, options->sessions, false);
    fill_run(&fill, "fill");
}

static void await_messages(struct absent *absent) {
    uint64_t patience = seconds_to_ns(absent->options->drain);
    absent->last_arrival_ns = clock_now();
    while (absent->arrived < absent->options->count && clock_now() - absent->last_arrival_ns < patience) {
        loop_pass(&absent->loop, absent->last_arrival_ns + patience);
    }
}

void run_take(const struct options *options) {
    static struct absent absent;
    set_up(&absent, options, "queue", options->sessions);
    absent.next = calloc(options->sessions, sizeof *absent.next);
    if (absent.next == NULL) {
        fail("out of memory");
    }
    for (unsigned i = 0; i < options->sessions; i++) {
        absent.next[i] = i / options->publishers;
    }
    struct usage from = usage_now(options->broker);
    crowd_connect(&absent.crowd, options->concurrency);
    await_messages(&absent);
    struct usage to = usage_now(options->broker);
    report_begin(options, "drain");
    report_rate(absent.arrived, (double)(absent.last_arrival_ns - from.at_ns) / 1e9);
    report_count("sessions_present", absent.crowd.sessions_present);
    report_count("lost", options->count - absent.arrived);
    report_count("gaps", absent.missing);
    report_count("duplicated", absent.duplicated);
    report_count("foreign", absent.foreign);
    report_count("closed", absent.crowd.closed);
    report_usage(options, &from, &to, absent.arrived);
    report_end();
    crowd_close(&absent.crowd);
}
