// SPDX-License-Identifier: Apache-2.0
// Messages for a broker to keep: some publishers send a number of them as fast as they are acknowledged.
#ifndef FILL_H
#define FILL_H

#include "client.h"
#include "options.h"
#include "publisher.h"

struct fill {
    const struct options *options;
    struct loop *loop;
    struct crowd crowd;
    struct publisher *publishers;
};

// Sets up the publishers of `count` messages to `topics` topics of the series, each publisher to every so many-th of them.
void fill_open(struct fill *fill, const struct options *options, struct loop *loop, const char *series, unsigned topics,
               bool retain);

// Connects, sends all, waits until the broker has them, reports and closes.
void fill_run(struct fill *fill, const char *part);

#endif
