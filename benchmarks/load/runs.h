// SPDX-License-Identifier: Apache-2.0
// The kinds of run. Each connects, loads the broker, prints its result and disconnects.
#ifndef RUNS_H
#define RUNS_H

#include "client.h"
#include "options.h"
#include "way.h"

// Sessions that outlive their connection, and the run, do so for this time (MQTT 5).
#define RUNS_SESSION_EXPIRY_S 600

void run_traffic(const struct options *options);
void run_retained(const struct options *options);
void run_offline(const struct options *options);
void run_sessions(const struct options *options);
void run_queues(const struct options *options);
void run_take(const struct options *options);
void run_idle(const struct options *options);
void run_handshakes(const struct options *options);
void run_probe(const struct options *options);

// Fills in what all crowds of a run have in common; client ids get the role's name in them.
void runs_crowd(struct crowd *crowd, const struct options *options, struct loop *loop, const char *role);

// The way that all crowds of this run share; null on plain TCP.
const struct way_settings *runs_way(const struct options *options);

#endif
