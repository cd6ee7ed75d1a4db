// SPDX-License-Identifier: Apache-2.0
#include "proxy.h"

#include <arpa/inet.h>
#include <stdio.h>

#define LINE_BYTES 108
#define VERSION_2_PROXY 0x21
#define TCP_OVER_IPV4 0x11

static void write_line(struct buffer *to, const struct sockaddr_in *source, const struct sockaddr_in *destination) {
    char from[INET_ADDRSTRLEN];
    char at[INET_ADDRSTRLEN];
    char line[LINE_BYTES];
    inet_ntop(AF_INET, &source->sin_addr, from, sizeof from);
    inet_ntop(AF_INET, &destination->sin_addr, at, sizeof at);
    int length = snprintf(line, sizeof line, "PROXY TCP4 %s %s %u %u\r\n", from, at, ntohs(source->sin_port),
                          ntohs(destination->sin_port));
    buffer_add(to, line, (size_t)length);
}

static void write_binary(struct buffer *to, const struct sockaddr_in *source, const struct sockaddr_in *destination) {
    static const uint8_t SIGNATURE[] = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
    static const uint8_t KIND[] = {VERSION_2_PROXY, TCP_OVER_IPV4, 0, 12};
    buffer_add(to, SIGNATURE, sizeof SIGNATURE);
    buffer_add(to, KIND, sizeof KIND);
    buffer_add(to, &source->sin_addr, 4);
    buffer_add(to, &destination->sin_addr, 4);
    buffer_add(to, &source->sin_port, 2);
    buffer_add(to, &destination->sin_port, 2);
}

void proxy_write(struct buffer *to, unsigned version, const struct sockaddr_in *source,
                 const struct sockaddr_in *destination) {
    (version == 1 ? write_line : write_binary)(to, source, destination);
}
