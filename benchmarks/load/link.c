// SPDX-License-Identifier: Apache-2.0
#include "link.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "way.h"

#define EVENTS_PER_PASS 512

void loop_open(struct loop *loop, uint64_t gather_ns) {
    memset(loop, 0, sizeof *loop);
    loop->epoll = epoll_create1(EPOLL_CLOEXEC);
    loop->scratch = malloc(LINK_READ_BYTES);
    loop->raw = malloc(LINK_READ_BYTES);
    loop->gather_ns = gather_ns;
    loop->now = clock_now();
    if (loop->epoll < 0 || loop->scratch == NULL || loop->raw == NULL) {
        fail("no event loop: %s", strerror(errno));
    }
    // The default slack of 50 us would be most of the pause and would show in the latency of slow rates.
    prctl(PR_SET_TIMERSLACK, 1UL);
}

static void watch(struct link *link, int operation) {
    uint32_t events = (link->paused ? 0u : EPOLLIN) | (link->wants_room ? EPOLLOUT : 0u);
    struct epoll_event event = {.events = events, .data.ptr = link};
    if (epoll_ctl(link->loop->epoll, operation, link->fd, &event) != 0) {
        fail("epoll_ctl: %s", strerror(errno));
    }
}

static void bind_source(int fd, unsigned source) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK + source)};
    int yes = 1;
    // The port is chosen at connect, so that it need not be unique over all destinations.
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        fail("bind to source address: %s", strerror(errno));
    }
}

void link_connect(struct link *link, struct loop *loop, const struct link_settings *settings, unsigned number) {
    int yes = 1;
    link->loop = loop;
    link->way_settings = settings->way;
    link->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (link->fd < 0) {
        fail("socket: %s", strerror(errno));
    }
    setsockopt(link->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (settings->receive_buffer > 0) {
        setsockopt(link->fd, SOL_SOCKET, SO_RCVBUF, &settings->receive_buffer, sizeof settings->receive_buffer);
    }
    if (settings->source_addresses > 1) {
        bind_source(link->fd, number % settings->source_addresses);
    }
    int status = connect(link->fd, (const struct sockaddr *)&settings->broker, sizeof settings->broker);
    if (status != 0 && errno != EINPROGRESS) {
        int error = errno;
        close(link->fd);
        link->fd = -1;
        link->events->closed(link, error);
        return;
    }
    link->connecting = true;
    link->wants_room = true;
    watch(link, EPOLL_CTL_ADD);
}

static void drop_way(struct link *link) {
    if (link->way != NULL) {
        way_free(link->way);
        link->way = NULL;
    }
}

void link_close(struct link *link) {
    if (link->fd >= 0) {
        close(link->fd);
        link->fd = -1;
    }
    drop_way(link);
    link->connecting = false;
    buffer_clear(&link->out);
    link->rest_length = 0;
    link->wants_room = link->paused = false;
}

static void end(struct link *link, int error) {
    link_close(link);
    link->events->closed(link, error);
}

static void want_room(struct link *link, bool wanted) {
    if (link->wants_room != wanted) {
        link->wants_room = wanted;
        watch(link, EPOLL_CTL_MOD);
    }
}

// What is to be sent next, in the form in which it goes to the socket.
static struct buffer *wire_of(struct link *link) {
    if (link->way != NULL && way_is_over(link->way)) {
        drop_way(link);
    }
    return link->way != NULL ? way_wrap(link->way, &link->out) : &link->out;
}

static void flush(struct link *link) {
    if (link->fd < 0 || link->connecting) {
        return;
    }
    struct buffer *wire = wire_of(link);
    if (buffer_length(wire) == 0) {
        return;
    }
    ssize_t written = send(link->fd, wire->bytes + wire->head, buffer_length(wire), MSG_NOSIGNAL);
    if (written < 0) {
        if (errno != EAGAIN && errno != EINTR) {
            end(link, errno);
            return;
        }
        written = 0;
    }
    wire->head += (uint32_t)written;
    bool stuck = buffer_length(wire) > 0;
    if (!stuck) {
        buffer_clear(wire);
    }
    // What gathered behind bytes that were stuck goes with the next pass, when there is room.
    want_room(link, stuck || (link->way != NULL && way_is_open(link->way) && link_unsent(link) > 0));
}

void link_leave(struct link *link) {
    flush(link);
    if (link->fd >= 0 && link->way != NULL) {
        way_leave(link->way);
        flush(link);
    }
    link_close(link);
}

void loop_flush(struct loop *loop) {
    while (loop->dirty != NULL) {
        struct link *link = loop->dirty;
        loop->dirty = link->next_dirty;
        link->is_dirty = false;
        flush(link);
    }
}

static void keep_rest(struct link *link, const uint8_t *bytes, size_t length) {
    if (length > link->rest_capacity) {
        free(link->rest);
        link->rest = malloc(length);
        link->rest_capacity = (uint32_t)length;
        if (link->rest == NULL) {
            fail("out of memory");
        }
    }
    if (length > 0) {
        memcpy(link->rest, bytes, length);
    }
    link->rest_length = (uint32_t)length;
}

// Offers the bytes kept before and `count` new ones, which stand behind their place in the scratch buffer.
static void deliver(struct link *link, size_t count) {
    uint8_t *scratch = link->loop->scratch;
    size_t before = link->rest_length;
    if (before > 0) {
        memcpy(scratch, link->rest, before);
    }
    size_t length = before + count;
    link->loop->now = clock_now();
    size_t used = link->events->received(link, scratch, length);
    if (length - used >= LINK_READ_BYTES) {
        fail("a frame of more than %d bytes", LINK_READ_BYTES);
    }
    if (link->fd >= 0) {
        keep_rest(link, scratch + used, length - used);
    }
}

// Reads from the socket. Returns 0 when there was nothing, or the link is no more.
static size_t take(struct link *link, uint8_t *to, size_t length) {
    ssize_t count = recv(link->fd, to, length, 0);
    if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) {
        end(link, count == 0 ? 0 : errno);
    }
    return count > 0 ? (size_t)count : 0;
}

static void read_through_way(struct link *link, size_t limit) {
    struct loop *loop = link->loop;
    size_t taken = take(link, loop->raw, limit);
    if (taken == 0) {
        return;
    }
    bool was_open = way_is_open(link->way);
    ssize_t count;
    way_feed(link->way, loop->raw, taken);
    while ((count = way_read(link->way, loop->scratch + link->rest_length, LINK_READ_BYTES - link->rest_length)) > 0) {
        deliver(link, (size_t)count);
    }
    if (count < 0) {
        end(link, 0);
        return;
    }
    if (!was_open && way_is_open(link->way)) {
        link->events->opened(link);
    }
    if (way_has_bytes(link->way)) {
        link_commit(link, 0);
    }
}

void link_read_some(struct link *link, size_t limit) {
    if (link->way != NULL) {
        read_through_way(link, limit);
        return;
    }
    size_t room = LINK_READ_BYTES - link->rest_length;
    size_t taken = take(link, link->loop->scratch + link->rest_length, room < limit ? room : limit);
    if (taken > 0) {
        deliver(link, taken);
    }
}

void link_pause_reading(struct link *link, bool pause) {
    link->paused = pause;
    watch(link, EPOLL_CTL_MOD);
}

static void finish_connect(struct link *link) {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(link->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) {
        end(link, error);
        return;
    }
    link->connecting = false;
    want_room(link, false);
    if (link->way_settings != NULL) {
        link->way = way_begin(link->way_settings, link->fd);
        link_commit(link, 0);
        if (!way_is_open(link->way)) {
            return;
        }
    }
    link->events->opened(link);
}

static void handle(struct link *link, uint32_t events) {
    if (link->fd < 0) {
        return;
    }
    if (link->connecting) {
        finish_connect(link);
        return;
    }
    if (events & EPOLLOUT) {
        flush(link);
    }
    if (link->fd >= 0 && (events & (EPOLLIN | EPOLLHUP | EPOLLERR))) {
        link_read_some(link, LINK_READ_BYTES);
    }
}

static void pause_briefly(uint64_t ns) {
    struct timespec span = {.tv_sec = 0, .tv_nsec = (long)ns};
    clock_nanosleep(CLOCK_MONOTONIC, 0, &span, NULL);
}

int loop_pass(struct loop *loop, uint64_t deadline) {
    struct epoll_event events[EVENTS_PER_PASS];
    loop_flush(loop);
    if (loop->had_traffic && loop->gather_ns > 0) {
        pause_briefly(loop->gather_ns);
    }
    uint64_t now = clock_now();
    uint64_t wait = deadline > now ? deadline - now : 0;
    struct timespec limit = {.tv_sec = (time_t)(wait / NS_PER_S), .tv_nsec = (long)(wait % NS_PER_S)};
    int count = epoll_pwait2(loop->epoll, events, EVENTS_PER_PASS, &limit, NULL);
    if (count < 0 && errno != EINTR) {
        fail("epoll_pwait2: %s", strerror(errno));
    }
    for (int i = 0; i < count; i++) {
        handle(events[i].data.ptr, events[i].events);
    }
    loop->now = clock_now();
    loop->had_traffic = count > 0;
    return count > 0 ? count : 0;
}
