// SPDX-License-Identifier: Apache-2.0
// One client's publications: what they look like, and when the next may leave.
#ifndef PUBLISHER_H
#define PUBLISHER_H

#include <stdint.h>

#include "client.h"
#include "options.h"
#include "topics.h"

struct publisher {
    struct client *client;
    unsigned number;
    uint64_t sent;      // messages
    uint64_t limit;     // no more than so many
    uint64_t owed;      // deliveries that what was sent should lead to
    uint64_t returned;  // of them, those arrived or known to be lost
    uint64_t settled;   // messages below this number have arrived everywhere or are given up
    unsigned receivers, at_settled;  // receivers of its messages; those of them that stand at `settled`
    uint64_t due_ns, interval_ns;  // fixed rate: when the next message should leave; interval 0 = no rate

    struct publish_frame frames[WILD_SHAPES];  // only the first where there are no wildcard filters
    size_t digits_at[WILD_SHAPES];
    unsigned item, items, step;  // wildcard or numbered topics: the next one's index, their count, from one to the next
    uint64_t *numbers;           // wildcard topics: the next number for each subscriber
    unsigned subscribers;
};

// How many messages may be written now: what credit, window, rate and the socket's room leave.
uint64_t publisher_budget(const struct publisher *publisher, const struct options *options, uint64_t now);

// Writes as many messages into the client's buffer, stamped with `now` or, at a fixed rate, with their due times.
void publisher_send(struct publisher *publisher, const struct options *options, uint64_t count, uint64_t now);

// Each sets up what the publisher sends.
void publisher_topic(struct publisher *publisher, const struct options *options, unsigned topic);
void publisher_wild(struct publisher *publisher, const struct options *options);
void publisher_numbered(struct publisher *publisher, const struct options *options, const char *series, bool retain);

#endif
