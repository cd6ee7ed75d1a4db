// SPDX-License-Identifier: Apache-2.0
// culexload: load for an MQTT broker on this machine, and figures about how it bore it.
#include <arpa/inet.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include "options.h"
#include "runs.h"
#include "clock.h"
#include "tls.h"

static void on_alarm(int signal) {
    static const char TEXT[] = "culexload: given up after --timeout\n";
    (void)signal;
    if (write(STDERR_FILENO, TEXT, sizeof TEXT - 1) < 0) {
        _exit(2);
    }
    _exit(1);
}

static void limit_time(double seconds) {
    struct itimerval timer = {.it_value = {.tv_sec = (time_t)seconds, .tv_usec = 1}};
    signal(SIGALRM, on_alarm);
    setitimer(ITIMER_REAL, &timer, NULL);
}

static void allow_many_files(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

const struct way_settings *runs_way(const struct options *options) {
    static struct way_settings settings;
    static bool made;
    if (!made) {
        made = true;
        settings.proxy = options->proxy;
        settings.websocket = options->websocket;
        settings.frame_each = options->frame_each;
        snprintf(settings.host, sizeof settings.host, "%s:%u", options->host, options->port);
        if (options->cafile != NULL) {
            settings.tls = tls_open(&(struct tls_settings){.cafile = options->cafile,
                                                           .host = options->host,
                                                           .version = options->tls_version,
                                                           .resume = options->resume});
        }
    }
    return way_is_plain(&settings) ? NULL : &settings;
}

void runs_crowd(struct crowd *crowd, const struct options *options, struct loop *loop, const char *role) {
    crowd->loop = loop;
    crowd->version = (int)options->version;
    crowd->keep_alive = (uint16_t)options->keep_alive;
    crowd->clean = true;
    if (options->persistent && strcmp(role, "sub") == 0) {
        crowd->clean = false;
        crowd->session_expiry = RUNS_SESSION_EXPIRY_S;
    }
    bool publishes = options->from_port != 0 && strcmp(role, "pub") == 0;
    unsigned port = publishes ? options->from_port : options->port;
    crowd->link = (struct link_settings){.broker = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)},
                                         .source_addresses = options->source_addresses,
                                         .receive_buffer = (int)options->receive_buffer,
                                         .way = runs_way(options)};
    if (inet_pton(AF_INET, options->host, &crowd->link.broker.sin_addr) != 1) {
        fail("--host: \"%s\" is not an IPv4 address", options->host);
    }
    snprintf(crowd->prefix, sizeof crowd->prefix, "bench-%08x-%s-", options->run, role);
}

int main(int argc, char **argv) {
    struct options options = options_parse(argc, argv);
    void (*const runs[])(const struct options *) = {[TRAFFIC] = run_traffic,
                                                    [RETAINED] = run_retained,
                                                    [OFFLINE] = run_offline,
                                                    [KEEP] = run_retained,
                                                    [REPLAY] = run_retained,
                                                    [SESSIONS] = run_sessions,
                                                    [QUEUES] = run_queues,
                                                    [TAKE] = run_take,
                                                    [IDLE] = run_idle,
                                                    [HANDSHAKES] = run_handshakes,
                                                    [PROBE] = run_probe};
    allow_many_files();
    limit_time(options.timeout);
    runs[options.kind](&options);
    return 0;
}
