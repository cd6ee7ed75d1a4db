// SPDX-License-Identifier: Apache-2.0
#include "report.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "clock.h"

static bool first;

static void name_field(const char *name) {
    printf("%s\"%s\":", first ? "{" : ",", name);
    first = false;
}

void report_text(const char *name, const char *value) {
    name_field(name);
    putchar('"');
    for (; *value != '\0'; value++) {
        unsigned char byte = (unsigned char)*value;
        if (byte < 0x20) {
            printf("\\u%04x", byte);
        } else {
            printf(byte == '"' || byte == '\\' ? "\\%c" : "%c", byte);
        }
    }
    putchar('"');
}

void report_count(const char *name, uint64_t value) {
    name_field(name);
    printf("%llu", (unsigned long long)value);
}

void report_real(const char *name, double value) {
    name_field(name);
    printf("%.6g", value);
}

void report_begin(const struct options *options, const char *part) {
    first = true;
    report_text("scenario", options->scenario);
    if (part != NULL) {
        report_text("part", part);
    }
    if (options->label[0] != '\0') {
        report_text("label", options->label);
    }
    report_text("mqtt", options->version == 5 ? "5" : "3.1.1");
    report_count("qos", options->qos);
    report_count("size", options->size);
    report_count("gather_us", options->gather_us);
}

void report_end(void) {
    puts("}");
    fflush(stdout);
}

void report_rate(uint64_t messages, double seconds) {
    report_count("messages", messages);
    report_real("seconds", seconds);
    report_real("rate", seconds > 0 ? (double)messages / seconds : 0);
}

void report_acknowledged(const struct histogram *histogram) {
    report_real("ack_p50_us", (double)histogram_quantile(histogram, 0.5) / 1e3);
    report_real("ack_p99_us", (double)histogram_quantile(histogram, 0.99) / 1e3);
    report_real("ack_p999_us", (double)histogram_quantile(histogram, 0.999) / 1e3);
}

void report_latency(const struct histogram *histogram) {
    static const struct {
        const char *name;
        double fraction;
    } QUANTILES[] = {{"p50_us", 0.5}, {"p90_us", 0.9}, {"p99_us", 0.99}, {"p999_us", 0.999}};
    for (unsigned i = 0; i < sizeof QUANTILES / sizeof *QUANTILES; i++) {
        report_real(QUANTILES[i].name, (double)histogram_quantile(histogram, QUANTILES[i].fraction) / 1e3);
    }
    report_real("max_us", (double)histogram->max / 1e3);
}

void report_usage(const struct options *options, const struct usage *from, const struct usage *to,
                  uint64_t messages) {
    double seconds = (double)(to->at_ns - from->at_ns) / 1e9;
    double driver = (double)(to->driver_ns - from->driver_ns) / 1e9;
    double broker = (double)(to->broker_ns - from->broker_ns) / 1e9;
    double busy = (double)(to->busy_ns - from->busy_ns) / 1e9;
    double other = busy - driver - broker;
    report_real("driver_cpu", driver / seconds);
    if (messages > 0) {
        report_real("driver_cpu_s_per_million", driver / (double)messages * 1e6);
    }
    if (options->broker > 0) {
        report_real("broker_cpu", broker / seconds);
        if (messages > 0) {
            report_real("broker_cpu_s_per_million", broker / (double)messages * 1e6);
        }
        report_real("other_cpu", other > 0 ? other / seconds : 0);
        report_count("rss_kb", process_rss_kb(options->broker));
        report_count("rss_peak_kb", process_peak_rss_kb(options->broker));
    }
    report_real("steal_cpu", (double)(to->steal_ns - from->steal_ns) / 1e9 / seconds);
}

void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("culexload: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}
