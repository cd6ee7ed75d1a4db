// SPDX-License-Identifier: Apache-2.0
#include "publisher.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "stream.h"

// Far from all multiples of usual counts, so that neighbours in time are not neighbours in the broker's tree.
#define WILD_STRIDE 7919

static uint64_t least(uint64_t a, uint64_t b) {
    return a < b ? a : b;
}

static uint64_t credit_left(const struct publisher *publisher, unsigned credit) {
    // What was given up and came all the same is settled twice.
    uint64_t under_way = publisher->sent > publisher->settled ? publisher->sent - publisher->settled : 0;
    return under_way < credit ? credit - under_way : 0;
}

static uint64_t due(const struct publisher *publisher, uint64_t now) {
    return now < publisher->due_ns ? 0 : (now - publisher->due_ns) / publisher->interval_ns + 1;
}

static uint64_t chunk_left(const struct publisher *publisher, unsigned chunk) {
    size_t unsent = link_unsent(&publisher->client->link);
    return unsent < chunk ? (chunk - unsent) / publisher->frames[0].length + 1 : 0;
}

uint64_t publisher_budget(const struct publisher *publisher, const struct options *options, uint64_t now) {
    const struct client *client = publisher->client;
    if (!client->is_connected || client->link.wants_room) {
        return 0;
    }
    uint64_t budget = publisher->limit - publisher->sent;
    if (publisher->interval_ns > 0) {
        budget = least(budget, due(publisher, now));
    }
    if (options->credit > 0 && publisher->receivers > 0) {
        budget = least(budget, credit_left(publisher, options->credit));
    }
    if (options->qos > 0) {
        return least(budget, client->window.unused);
    }
    return options->credit > 0 ? budget : least(budget, chunk_left(publisher, options->chunk));
}

static void stamp(uint8_t *payload, const struct publisher *publisher, uint32_t run, uint64_t number, uint64_t at) {
    struct stamp stamp = {.run = run, .publisher = publisher->number, .number = number, .sent_ns = at};
    memcpy(payload, &stamp, sizeof stamp);
}

static uint64_t next_time(struct publisher *publisher, uint64_t now) {
    uint64_t at = publisher->due_ns;
    if (publisher->interval_ns == 0) {
        return now;
    }
    publisher->due_ns += publisher->interval_ns;
    return at;
}

static void send_plain(struct publisher *publisher, const struct options *options, uint64_t now) {
    const struct publish_frame *frame = &publisher->frames[0];
    uint8_t *out = client_publish(publisher->client, frame);
    stamp(out + frame->payload_at, publisher, options->run, publisher->sent, next_time(publisher, now));
}

static void send_item(struct publisher *publisher, const struct options *options, uint64_t now) {
    unsigned item = publisher->item;
    unsigned shape = publisher->numbers != NULL ? item % WILD_SHAPES : 0;
    const struct publish_frame *frame = &publisher->frames[shape];
    uint8_t *out = client_publish(publisher->client, frame);
    topics_put_digits(out + frame->topic_at + publisher->digits_at[shape], item);
    uint64_t number =
        publisher->numbers != NULL ? publisher->numbers[item % publisher->subscribers]++ : publisher->sent;
    stamp(out + frame->payload_at, publisher, options->run, number, next_time(publisher, now));
    publisher->item = (item + publisher->step) % publisher->items;
}

void publisher_send(struct publisher *publisher, const struct options *options, uint64_t count, uint64_t now) {
    for (uint64_t i = 0; i < count; i++) {
        if (publisher->items > 0) {
            send_item(publisher, options, now);
        } else {
            send_plain(publisher, options, now);
        }
        publisher->sent++;
    }
    publisher->owed += count * publisher->receivers;
}

static void make_frame(struct publisher *publisher, const struct options *options, unsigned shape, const char *topic,
                       bool retain) {
    packet_make_publish(&publisher->frames[shape], (int)options->version, topic, (uint8_t)options->qos, retain,
                        options->size);
}

void publisher_topic(struct publisher *publisher, const struct options *options, unsigned topic) {
    char name[TOPIC_BYTES];
    topics_name(name, topic);
    make_frame(publisher, options, 0, name, false);
}

void publisher_wild(struct publisher *publisher, const struct options *options) {
    char name[TOPIC_BYTES];
    for (unsigned shape = 0; shape < WILD_SHAPES; shape++) {
        topics_wild_topic(name, shape);
        make_frame(publisher, options, shape, name, false);
        publisher->digits_at[shape] = topics_wild_digits(shape);
    }
    publisher->items = options->filters;
    publisher->step = WILD_STRIDE;
    publisher->item = (unsigned)((uint64_t)publisher->number * options->filters / options->publishers);
    publisher->subscribers = options->subscribers;
    publisher->receivers = 1;
    publisher->numbers = calloc(options->subscribers, sizeof *publisher->numbers);
    if (publisher->numbers == NULL) {
        fail("out of memory");
    }
}

void publisher_numbered(struct publisher *publisher, const struct options *options, const char *series, bool retain) {
    char name[TOPIC_BYTES];
    topics_numbered(name, series, 0);
    make_frame(publisher, options, 0, name, retain);
    publisher->digits_at[0] = topics_numbered_digits(series);
    publisher->items = options->count;
    publisher->step = options->publishers;
    publisher->item = publisher->number;
    publisher->limit = (options->count + options->publishers - 1 - publisher->number) / options->publishers;
}
