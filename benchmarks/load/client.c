// SPDX-License-Identifier: Apache-2.0
#include "client.h"

#include <stdio.h>
#include <stdlib.h>

#include "clock.h"

#define ID_UNUSED 0

static struct client *of(struct link *link) {
    return (struct client *)link;
}

static void send_connect(struct link *link) {
    struct client *client = of(link);
    const struct crowd *crowd = client->crowd;
    char id[sizeof crowd->prefix + 16];
    snprintf(id, sizeof id, "%s%u", crowd->prefix, client->number);
    struct connect connect = {.client_id = id,
                              .version = crowd->version,
                              .keep_alive = crowd->keep_alive,
                              .clean = crowd->clean,
                              .session_expiry = crowd->session_expiry};
    uint8_t *out = link_reserve(link, PACKET_CONNECT_BYTES);
    link_commit(link, packet_write_connect(out, &connect));
}

static void on_closed(struct link *link, int error) {
    struct client *client = of(link);
    if (!client->is_connected) {
        fail("client %s%u was not let in: %s", client->crowd->prefix, client->number,
             error != 0 ? strerror(error) : "closed");
    }
    client->is_connected = false;
    client->crowd->closed++;
}

static void limit_window(struct window *window, uint16_t limit) {
    if (window->limit > limit) {
        window->limit = limit;
        window->unused = limit;
    }
}

static void on_connack(struct client *client, const struct packet *packet) {
    struct crowd *crowd = client->crowd;
    struct connack connack;
    if (!packet_read_connack(packet, crowd->version, &connack) || connack.code != 0) {
        fail("client %s%u was refused (code %u)", crowd->prefix, client->number,
             packet->length > 1 ? packet->body[1] : 0u);
    }
    limit_window(&client->window, connack.receive_maximum);
    client->is_connected = true;
    crowd->connected++;
    crowd->sessions_present += connack.session_present ? 1 : 0;
    if (crowd->connect_times != NULL) {
        histogram_add(crowd->connect_times, crowd->loop->now - client->connect_began);
    }
    if (crowd->on_connected != NULL) {
        crowd->on_connected(client);
    }
}

static void answer(struct client *client, enum packet_type type, uint16_t id) {
    uint8_t *out = link_reserve(&client->link, PACKET_ACK_BYTES);
    link_commit(&client->link, packet_write_ack(out, type, id));
}

static void on_publish(struct client *client, const struct packet *packet) {
    struct crowd *crowd = client->crowd;
    struct publish publish;
    if (!packet_read_publish(packet, crowd->version, &publish)) {
        fail("the broker sent a malformed PUBLISH");
    }
    crowd->on_publish(client, &publish);
    if (publish.qos > 0) {
        answer(client, publish.qos == 1 ? PUBACK : PUBREC, publish.id);
    }
}

static void complete(struct client *client, const struct acknowledgement *ack) {
    struct window *window = &client->window;
    unsigned tail = window->head + window->unused;
    window->ring[tail >= window->limit ? tail - window->limit : tail] = ack->id;
    window->unused++;
    window->states[ack->id] = ID_UNUSED;
    if (window->sent_ns != NULL && client->crowd->ack_times != NULL) {
        histogram_add(client->crowd->ack_times, client->crowd->loop->now - window->sent_ns[ack->id]);
    }
    client->crowd->completed++;
    client->crowd->refused += ack->code >= 0x80 ? 1 : 0;
}

// PUBACK, PUBREC and PUBCOMP for what this client publishes.
static void on_ack(struct client *client, const struct packet *packet) {
    struct window *window = &client->window;
    struct acknowledgement ack;
    if (!packet_read_ack(packet, &ack) || ack.id == 0 || ack.id > window->limit) {
        fail("the broker acknowledged a packet id that is not in use");
    }
    uint8_t expected = packet->type == PUBCOMP ? PUBREL : PUBLISH;
    if (window->states[ack.id] != expected) {
        fail("packet id %u: unexpected packet of type %u", ack.id, packet->type);
    }
    if (packet->type == PUBREC && ack.code < 0x80) {
        window->states[ack.id] = PUBREL;
        answer(client, PUBREL, ack.id);
        return;
    }
    complete(client, &ack);
}

static void on_pubrel(struct client *client, const struct packet *packet) {
    struct acknowledgement ack;
    if (!packet_read_ack(packet, &ack)) {
        fail("the broker sent a malformed PUBREL");
    }
    answer(client, PUBCOMP, ack.id);
}

static void on_suback(struct client *client, const struct packet *packet) {
    uint8_t code = packet_suback_refusal(packet, client->crowd->version);
    if (code != 0) {
        fail("a subscription was refused (code %u)", code);
    }
    client->crowd->subscriptions_answered++;
}

static void on_packet(struct client *client, const struct packet *packet) {
    switch (packet->type) {
        case PUBLISH:
            on_publish(client, packet);
            break;
        case PUBACK:
        case PUBREC:
        case PUBCOMP:
            on_ack(client, packet);
            break;
        case PUBREL:
            on_pubrel(client, packet);
            break;
        case CONNACK:
            on_connack(client, packet);
            break;
        case SUBACK:
            on_suback(client, packet);
            break;
        case PINGRESP:
            client->crowd->pongs++;
            break;
        case DISCONNECT:
            // The end of the connection follows and is what counts.
            fprintf(stderr, "client %s%u: DISCONNECT, reason %u\n", client->crowd->prefix, client->number,
                    packet->length > 0 ? packet->body[0] : 0u);
            break;
        default:
            fail("the broker sent a packet of type %u", packet->type);
    }
}

static size_t on_received(struct link *link, const uint8_t *bytes, size_t length) {
    size_t used = 0;
    struct packet packet;
    size_t taken;
    while ((taken = packet_next(bytes + used, length - used, &packet)) != PACKET_INCOMPLETE) {
        on_packet(of(link), &packet);
        used += taken;
    }
    return used;
}

static const struct link_events CLIENT_EVENTS = {
    .opened = send_connect, .received = on_received, .closed = on_closed};

void client_open_window(struct client *client, uint16_t limit) {
    struct window *window = &client->window;
    window->limit = limit;
    window->unused = limit;
    window->ring = malloc(limit * sizeof *window->ring);
    window->states = calloc((size_t)limit + 1, 1);
    if (window->ring == NULL || window->states == NULL) {
        fail("out of memory");
    }
    for (unsigned i = 0; i < limit; i++) {
        window->ring[i] = (uint16_t)(i + 1);
    }
}

void client_time_acks(struct client *client) {
    client->window.sent_ns = calloc((size_t)client->window.limit + 1, sizeof *client->window.sent_ns);
    if (client->window.sent_ns == NULL) {
        fail("out of memory");
    }
}

void client_subscribe(struct client *client, uint8_t qos, unsigned count, const char *filters,
                      const uint16_t *lengths) {
    size_t filter_bytes = 0;
    for (unsigned i = 0; i < count; i++) {
        filter_bytes += lengths[i];
    }
    uint8_t *out = link_reserve(&client->link, packet_subscribe_bytes(count, filter_bytes));
    client->subscribe_id = client->subscribe_id == UINT16_MAX ? 1 : client->subscribe_id + 1;
    link_commit(&client->link, packet_write_subscribe(out, client->crowd->version, client->subscribe_id, qos, count,
                                                      filters, lengths));
}

void client_ping(struct client *client) {
    link_commit(&client->link, packet_write_empty(link_reserve(&client->link, 2), PINGREQ));
}

void crowd_open(struct crowd *crowd, unsigned count) {
    crowd->count = count;
    crowd->clients = calloc(count > 0 ? count : 1, sizeof *crowd->clients);
    if (crowd->clients == NULL) {
        fail("out of memory");
    }
    for (unsigned i = 0; i < count; i++) {
        crowd->clients[i].crowd = crowd;
        crowd->clients[i].number = i;
        crowd->clients[i].link.fd = -1;
        crowd->clients[i].link.events = &CLIENT_EVENTS;
    }
}

void client_connect(struct client *client, unsigned number) {
    client->number = number;
    client->connect_began = clock_now();
    link_connect(&client->link, client->crowd->loop, &client->crowd->link, number);
}

void client_leave(struct client *client) {
    if (client->is_connected) {
        link_commit(&client->link, packet_write_empty(link_reserve(&client->link, 2), DISCONNECT));
    }
    link_leave(&client->link);
    client->is_connected = false;
}

void crowd_connect(struct crowd *crowd, unsigned concurrency) {
    unsigned started = 0;
    crowd->connected = 0;
    while (crowd->connected < crowd->count) {
        while (started < crowd->count && started - crowd->connected < concurrency) {
            client_connect(&crowd->clients[started], crowd->clients[started].number);
            started++;
        }
        loop_pass(crowd->loop, clock_now() + NS_PER_S);
    }
}

void crowd_close(struct crowd *crowd) {
    loop_flush(crowd->loop);
    for (unsigned i = 0; i < crowd->count; i++) {
        client_leave(&crowd->clients[i]);
    }
}

void crowd_end_sessions(struct crowd *crowd, unsigned concurrency) {
    crowd->clean = true;
    crowd->session_expiry = 0;
    crowd_connect(crowd, concurrency);
    crowd_close(crowd);
}

void crowd_await_subscriptions(struct crowd *crowd, unsigned count) {
    while (crowd->subscriptions_answered < count) {
        loop_pass(crowd->loop, clock_now() + NS_PER_S);
        if (crowd->closed > 0) {
            fail("the broker closed a subscriber's connection");
        }
    }
}
