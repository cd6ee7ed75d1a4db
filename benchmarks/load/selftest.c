// SPDX-License-Identifier: Apache-2.0
// Tests of the parts whose errors would look like the broker's.
#include <stdio.h>
#include <stdlib.h>

#include <arpa/inet.h>

#include "client.h"
#include "clock.h"
#include "histogram.h"
#include "packet.h"
#include "proxy.h"
#include "stream.h"
#include "websocket.h"

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

// A server's frame: not masked.
static void add_server_frame(struct buffer *to, uint8_t first, const uint8_t *payload, size_t length) {
    uint8_t header[10] = {first, (uint8_t)length};
    size_t size = 2;
    if (length > UINT16_MAX) {
        header[1] = 127;
        for (int i = 0; i < 8; i++) {
            header[2 + i] = (uint8_t)((uint64_t)length >> (56 - 8 * i));
        }
        size = 10;
    } else if (length > 125) {
        header[1] = 126;
        packet_put16(header + 2, (unsigned)length);
        size = 4;
    }
    buffer_add(to, header, size);
    buffer_add(to, payload, length);
}

static void websocket_masks_what_it_sends(size_t length, size_t header) {
    struct buffer out = {0};
    uint8_t *payload = malloc(length + 1);
    memset(payload, 'x', length);
    websocket_frame(&out, WS_BINARY, payload, length);
    expect("framed", buffer_length(&out), header + 4 + length);
    expect("final, binary", out.bytes[0], 0x82);
    expect("masked", out.bytes[1] >> 7, 1);
    const uint8_t *mask = out.bytes + header;
    uint64_t wrong = 0;
    for (size_t i = 0; i < length; i++) {
        wrong += (mask[4 + i] ^ mask[i % 4]) != 'x';
    }
    expect("bytes that are not the payload's", wrong, 0);
    free(payload);
    buffer_free(&out);
}

static void websocket_frames_packets_one_by_one(void) {
    static const uint8_t PACKETS[] = {PINGREQ << 4, 0, 0x40, 2, 0, 7};
    struct buffer out = {0};
    websocket_frame_each(&out, PACKETS, sizeof PACKETS);
    expect("two frames", buffer_length(&out), 6 + 2 + 6 + 4);
    expect("first", out.bytes[1], 0x80 | 2);
    expect("second", out.bytes[9], 0x80 | 4);
    buffer_free(&out);
}

// Whatever the size of the pieces in which the server's bytes come.
static void websocket_reads_frames_in_pieces(size_t piece) {
    enum { LONG = 70000, MEDIUM = 300, SHORT = 3, ALL = LONG + MEDIUM + SHORT };
    struct buffer in = {0}, answers = {0};
    struct websocket ws = {0};
    uint8_t *payload = malloc(ALL);
    uint8_t *read = malloc(ALL + piece);
    size_t length = 0;
    for (size_t i = 0; i < ALL; i++) {
        payload[i] = (uint8_t)(i * 31 + i / 256);
    }
    add_server_frame(&in, WS_BINARY, payload, LONG);
    add_server_frame(&in, 0x80 | WS_PING, (const uint8_t *)"hey", 3);
    add_server_frame(&in, 0x80 | WS_CONTINUATION, payload + LONG, MEDIUM);
    add_server_frame(&in, 0x80 | WS_BINARY, payload + LONG + MEDIUM, SHORT);
    for (size_t at = 0; at < in.tail; at += piece) {
        size_t part = in.tail - at < piece ? in.tail - at : piece;
        memcpy(read + length, in.bytes + at, part);
        length += websocket_unframe(&ws, read + length, read + length, part, &answers);
    }
    expect("payload's length", length, ALL);
    expect("payload", memcmp(read, payload, ALL) == 0, true);
    expect("pong", buffer_length(&answers), 2 + 4 + 3);
    expect("pong's kind", answers.bytes[0], 0x8a);
    expect("open", ws.closed, false);
    static const uint8_t CLOSE[] = {0x88, 0};
    websocket_unframe(&ws, read, CLOSE, 1, &answers);
    websocket_unframe(&ws, read, CLOSE + 1, 1, &answers);
    expect("closed by an empty frame", ws.closed, true);
    free(payload);
    free(read);
    buffer_free(&in);
    buffer_free(&answers);
}

static void websocket_hears_the_upgrade(void) {
    static const char ANSWER[] = "HTTP/1.1 101 Switching Protocols\r\nsec-websocket-protocol: mqtt\r\n"
                                 "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    struct websocket ws = {0};
    for (size_t i = 0; i + 1 < sizeof ANSWER; i++) {
        expect("not before the end", ws.upgraded, false);
        websocket_hear(&ws, (const uint8_t *)ANSWER + i, 1);
    }
    expect("upgraded", ws.upgraded, true);
}

static void proxy_headers_are_those_of_the_specification(void) {
    static const char LINE[] = "PROXY TCP4 127.0.0.2 127.0.0.1 4660 1883\r\n";
    static const uint8_t BINARY[] = {13, 10, 13, 10, 0, 13, 10, 81, 85, 73, 84, 10, 0x21, 0x11,
                                     0, 12, 127, 0, 0, 2, 127, 0, 0, 1, 0x12, 0x34, 0x07, 0x5b};
    struct sockaddr_in source = {.sin_addr.s_addr = htonl(0x7f000002), .sin_port = htons(0x1234)};
    struct sockaddr_in destination = {.sin_addr.s_addr = htonl(0x7f000001), .sin_port = htons(1883)};
    struct buffer out = {0};
    proxy_write(&out, 1, &source, &destination);
    expect("line's length", buffer_length(&out), sizeof LINE - 1);
    expect("line", memcmp(out.bytes, LINE, sizeof LINE - 1), 0);
    buffer_clear(&out);
    proxy_write(&out, 2, &source, &destination);
    expect("binary length", buffer_length(&out), sizeof BINARY);
    expect("binary", memcmp(out.bytes, BINARY, sizeof BINARY) == 0, true);
    buffer_free(&out);
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
    websocket_masks_what_it_sends(125, 2);
    websocket_masks_what_it_sends(126, 4);
    websocket_masks_what_it_sends(65535, 4);
    websocket_masks_what_it_sends(65536, 10);
    websocket_frames_packets_one_by_one();
    websocket_reads_frames_in_pieces(1);
    websocket_reads_frames_in_pieces(7);
    websocket_reads_frames_in_pieces(100000);
    websocket_hears_the_upgrade();
    proxy_headers_are_those_of_the_specification();
    printf("%s\n", failures == 0 ? "all passed" : "FAILED");
    return failures == 0 ? 0 : 1;
}
