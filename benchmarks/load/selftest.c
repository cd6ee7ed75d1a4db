// SPDX-License-Identifier: Apache-2.0
// Tests of the parts whose errors would look like the broker's.
#include <stdio.h>
#include <stdlib.h>

#include "client.h"
#include "clock.h"
#include "histogram.h"
#include "packet.h"
#include "stream.h"

static unsigned failures;

static void expect(const char *what, uint64_t actual, uint64_t expected) {
    if (actual != expected) {
        printf("%s: %llu instead of %llu\n", what, (unsigned long long)actual, (unsigned long long)expected);
        failures++;
    }
}

static void stream_tells_lost_repeated_and_late_apart(void) {
    struct stream stream = {0};
    expect("in order", stream_see(&stream, 0) + stream_see(&stream, 1), 2);
    expect("passes over two", stream_see(&stream, 4), 3);
    expect("missing", stream.missing, 2);
    expect("late one moves nothing", stream_see(&stream, 3), 0);
    expect("reordered", stream.reordered, 1);
    expect("still missing", stream.missing, 1);
    stream_see(&stream, 3);
    stream_see(&stream, 4);
    expect("duplicated", stream.duplicated, 2);
    expect("reordered once", stream.reordered, 1);
}

static void stream_survives_a_gap_longer_than_its_memory(void) {
    struct stream stream = {0};
    stream_see(&stream, 0);
    expect("moves on", stream_see(&stream, 5000), 5000);
    expect("missing", stream.missing, 4999);
    stream_see(&stream, 4500);
    expect("late within memory", stream.reordered, 1);
    stream_see(&stream, 100);
    expect("beyond memory it counts as duplicate", stream.duplicated, 1);
}

static void histogram_is_within_two_percent(void) {
    static struct histogram histogram;
    for (uint64_t i = 1; i <= 100000; i++) {
        histogram_add(&histogram, i * 1000);
    }
    uint64_t median = histogram_quantile(&histogram, 0.5);
    uint64_t p99 = histogram_quantile(&histogram, 0.99);
    expect("median", median > 49000000 && median < 51000000, 1);
    expect("p99", p99 > 97000000 && p99 < 101000000, 1);
    expect("highest", histogram_quantile(&histogram, 1), 100000000);
    static struct histogram empty;
    expect("of nothing", histogram_quantile(&empty, 0.5), 0);
}

static void publish_is_read_as_written(int version, uint8_t qos, size_t payload) {
    struct publish_frame frame;
    struct packet packet;
    struct publish publish;
    packet_make_publish(&frame, version, "a/topic", qos, true, payload);
    if (frame.id_at > 0) {
        packet_put16(frame.bytes + frame.id_at, 4711);
    }
    for (size_t cut = 0; cut < frame.length; cut++) {
        expect("cut frame", packet_next(frame.bytes, cut, &packet), PACKET_INCOMPLETE);
    }
    expect("whole frame", packet_next(frame.bytes, frame.length, &packet), frame.length);
    expect("readable", packet_read_publish(&packet, version, &publish), true);
    expect("qos", publish.qos, qos);
    expect("retained", publish.retained, true);
    expect("id", publish.id, qos > 0 ? 4711 : 0);
    expect("topic", publish.topic_length == 7 && memcmp(publish.topic, "a/topic", 7) == 0, true);
    expect("topic's place", (uint64_t)(publish.topic - frame.bytes), frame.topic_at);
    expect("payload", publish.payload_length, payload);
    expect("payload's place", (uint64_t)(publish.payload - frame.bytes), frame.payload_at);
    free(frame.bytes);
}

static void connack_gives_the_receive_maximum(void) {
    static const uint8_t BYTES[] = {0x20, 17, 1, 0, 14, 0x26, 0, 1, 'k', 0, 1, 'v', 0x25, 1, 0x21, 0, 20, 0x24, 1};
    struct packet packet;
    struct connack connack;
    expect("whole", packet_next(BYTES, sizeof BYTES, &packet), sizeof BYTES);
    expect("readable", packet_read_connack(&packet, PROTOCOL_5, &connack), true);
    expect("receive maximum", connack.receive_maximum, 20);
    expect("session present", connack.session_present, true);
}

static void suback_refusal_is_found(void) {
    static const uint8_t V5[] = {0x90, 5, 0, 1, 0, 1, 0x87};
    static const uint8_t V4[] = {0x90, 4, 0, 1, 0, 2};
    struct packet packet;
    packet_next(V5, sizeof V5, &packet);
    expect("refused", packet_suback_refusal(&packet, PROTOCOL_5), 0x87);
    packet_next(V4, sizeof V4, &packet);
    expect("granted", packet_suback_refusal(&packet, PROTOCOL_3_1_1), 0);
}

int main(void) {
    stream_tells_lost_repeated_and_late_apart();
    stream_survives_a_gap_longer_than_its_memory();
    histogram_is_within_two_percent();
    for (uint8_t qos = 0; qos <= 2; qos++) {
        publish_is_read_as_written(PROTOCOL_3_1_1, qos, 24);
        publish_is_read_as_written(PROTOCOL_5, qos, 20000);
    }
    connack_gives_the_receive_maximum();
    suback_refusal_is_found();
    printf("%s\n", failures == 0 ? "all passed" : "FAILED");
    return failures == 0 ? 0 : 1;
}
