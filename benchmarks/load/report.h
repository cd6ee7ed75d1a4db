// SPDX-License-Identifier: Apache-2.0
// One JSON object on one line, written field by field.
#ifndef REPORT_H
#define REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "histogram.h"
#include "options.h"
#include "process.h"

// Begins a line with what identifies the run; `part` names one of several measurements of it, or is null.
void report_begin(const struct options *options, const char *part);
void report_end(void);

void report_text(const char *name, const char *value);
void report_count(const char *name, uint64_t value);
void report_real(const char *name, double value);

// messages, seconds, rate.
void report_rate(uint64_t messages, double seconds);

// p50_us, p90_us, p99_us, p999_us, max_us.
void report_latency(const struct histogram *histogram);

// ack_p50_us, ack_p99_us, ack_p999_us: from a PUBLISH to its last acknowledgement.
void report_acknowledged(const struct histogram *histogram);

// CPU of the driver, the broker and the rest of the machine between two samples, the broker's also per million of
// `messages`, and the broker's memory.
void report_usage(const struct options *options, const struct usage *from, const struct usage *to, uint64_t messages);

#endif
