// SPDX-License-Identifier: Apache-2.0
// The header of the PROXY protocol that a load balancer puts in front of what a client sends.
#ifndef PROXY_H
#define PROXY_H

#include <netinet/in.h>

#include "buffer.h"

// Version 1 is a line of text, version 2 is binary; IPv4 and nothing about TLS.
void proxy_write(struct buffer *to, unsigned version, const struct sockaddr_in *source,
                 const struct sockaddr_in *destination);

#endif
