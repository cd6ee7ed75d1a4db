// SPDX-License-Identifier: Apache-2.0
// MQTT clients: a crowd of them shares its settings, its counters and what is done with a message.
#ifndef CLIENT_H
#define CLIENT_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "clock.h"
#include "histogram.h"
#include "link.h"
#include "packet.h"

struct client;

struct crowd {
    struct loop *loop;
    struct link_settings link;
    struct client *clients;
    unsigned count;
    int version;
    uint16_t keep_alive;
    bool clean;
    uint32_t session_expiry;
    char prefix[48];  // client ids are this and the number
    void (*on_publish)(struct client *client, const struct publish *publish);
    void (*on_connected)(struct client *client);  // at its CONNACK; may be null, must not close the client
    void *owner;
    struct histogram *connect_times;  // from connect() to CONNACK; may be null
    struct histogram *ack_times;      // from PUBLISH to its last acknowledgement, of clients that time it; may be null

    unsigned connected, closed, sessions_present, subscriptions_answered;
    uint64_t completed;  // publications whose last acknowledgement came
    uint64_t refused;    // of them, those with an error code
    uint64_t pongs;
};

// Publications of QoS 1 and 2 that are under way, by packet id 1..limit; free ids are given out in turn.
struct window {
    uint16_t limit, unused;
    uint16_t *ring;  // the unused ids, oldest at `head`
    unsigned head;
    uint8_t *states;
    uint64_t *sent_ns;  // when each was sent; null unless that is measured
};

struct client {
    struct link link;
    struct crowd *crowd;
    unsigned number;
    bool is_connected;
    uint16_t subscribe_id;
    uint64_t connect_began;
    struct client *next_ready;
    struct window window;
};

void crowd_open(struct crowd *crowd, unsigned count);

// Connects all, `concurrency` at a time, and returns when each has its CONNACK; any refusal ends the program.
void crowd_connect(struct crowd *crowd, unsigned concurrency);

// Sends DISCONNECT and closes.
void crowd_close(struct crowd *crowd);

// Connects one, whose number and thus client id changes, and returns at once.
void client_connect(struct client *client, unsigned number);

// Sends DISCONNECT, and closes.
void client_leave(struct client *client);

// Ends the sessions that closed clients have left at the broker.
void crowd_end_sessions(struct crowd *crowd, unsigned concurrency);

// Waits for so many answers to subscriptions; an end of a connection meanwhile ends the program.
void crowd_await_subscriptions(struct crowd *crowd, unsigned count);

void client_subscribe(struct client *client, uint8_t qos, unsigned count, const char *filters,
                      const uint16_t *lengths);

// Gives the client packet ids for `limit` publications at a time, fewer when the broker's receive maximum is lower.
// To be called before it connects.
void client_open_window(struct client *client, uint16_t limit);

// Notes when each publication is sent, after its window was opened.
void client_time_acks(struct client *client);

void client_ping(struct client *client);

// Appends a copy of the frame with the next packet id, which must be free, and returns it for its payload to be set.
static inline uint8_t *client_publish(struct client *client, const struct publish_frame *frame) {
    uint8_t *out = link_reserve(&client->link, frame->length);
    memcpy(out, frame->bytes, frame->length);
    if (frame->id_at > 0) {
        struct window *window = &client->window;
        uint16_t id = window->ring[window->head];
        window->head = window->head + 1 == window->limit ? 0 : window->head + 1;
        window->unused--;
        window->states[id] = PUBLISH;
        if (window->sent_ns != NULL) {
            window->sent_ns[id] = clock_now();
        }
        packet_put16(out + frame->id_at, id);
    }
    link_commit(&client->link, frame->length);
    return out;
}

#endif
