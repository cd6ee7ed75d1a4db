// SPDX-License-Identifier: Apache-2.0
#include "topics.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *filter, *topic;
} SHAPES[WILD_SHAPES] = {
    {"bench/n%06u/+/state", "bench/n%06u/pump/state"},
    {"bench/n%06u/#", "bench/n%06u/pump/valve/state"},
    {"bench/+/n%06u/level", "bench/tank/n%06u/level"},
    {"+/n%06u/site/+/meter", "plant/n%06u/site/hall/meter"},
};

void topics_name(char *out, unsigned index) {
    snprintf(out, TOPIC_BYTES, "bench/topic/%06u", index);
}

void topics_numbered(char *out, const char *series, unsigned index) {
    snprintf(out, TOPIC_BYTES, "bench/%s/%06u", series, index);
}

void topics_numbered_filter(char *out, const char *series) {
    snprintf(out, TOPIC_BYTES, "bench/%s/#", series);
}

size_t topics_numbered_digits(const char *series) {
    return strlen("bench//") + strlen(series);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
void topics_wild_filter(char *out, unsigned index) {
    snprintf(out, TOPIC_BYTES, SHAPES[index % WILD_SHAPES].filter, index);
}

void topics_wild_topic(char *out, unsigned index) {
    snprintf(out, TOPIC_BYTES, SHAPES[index % WILD_SHAPES].topic, index);
}
#pragma GCC diagnostic pop

size_t topics_wild_digits(unsigned shape) {
    return (size_t)(strchr(SHAPES[shape].topic, '%') - SHAPES[shape].topic);
}
