// SPDX-License-Identifier: Apache-2.0
// The kinds of run. Each connects, loads the broker, prints its result and disconnects.
#ifndef RUNS_H
#define RUNS_H

#include "client.h"
#include "options.h"

void run_traffic(const struct options *options);
void run_retained(const struct options *options);
void run_offline(const struct options *options);
void run_idle(const struct options *options);
void run_probe(const struct options *options);

// Fills in what all crowds of a run have in common; client ids get the role's name in them.
void runs_crowd(struct crowd *crowd, const struct options *options, struct loop *loop, const char *role);

#endif
