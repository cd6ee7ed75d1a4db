// SPDX-License-Identifier: Apache-2.0
#include "options.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "link.h"
#include "stream.h"

#define MAX_WORDS 32
#define MAX_TOPICS 10000
#define MAX_NUMBERED 1000000

struct scenario {
    const char *name;
    enum kind kind;
    const char *settings, *meaning;
};

static const struct scenario SCENARIOS[] = {
    {"qos0", TRAFFIC, "--qos 0 --credit 500", "QoS 0, closed loop: 500 messages of each publisher under way"},
    {"qos0-flat", TRAFFIC, "--qos 0", "QoS 0 as fast as the sockets take it"},
    {"qos1", TRAFFIC, "--qos 1 --window 64", "QoS 1, 64 unacknowledged messages for each publisher"},
    {"qos2", TRAFFIC, "--qos 2 --window 64", "QoS 2, 64 uncompleted messages for each publisher; the broker must allow so many"},
    {"fanout0", TRAFFIC, "--pubs 1 --subs 500 --topics 1 --qos 0 --credit 50", "1 publisher to 500, QoS 0"},
    {"fanout1", TRAFFIC, "--pubs 1 --subs 500 --topics 1 --qos 1 --credit 50", "1 publisher to 500, QoS 1"},
    {"fanin", TRAFFIC, "--pubs 200 --subs 1 --topics 200 --wide --qos 1 --credit 50", "200 publishers to 1, QoS 1"},
    {"wild10k", TRAFFIC, "--filters 10000 --qos 0 --credit 500", "10,000 wildcard filters, each publish meets one"},
    {"wild100k", TRAFFIC, "--filters 100000 --qos 0 --credit 500", "100,000 wildcard filters"},
    {"steady", TRAFFIC, "--qos 1 --rate 5000 --duration 10", "5,000 messages per second, QoS 1, for their latency"},
    {"slow", TRAFFIC, "--qos 0 --credit 500 --slow 1", "qos0 with one more subscriber that hardly reads"},
    {"retained", RETAINED, "--qos 1 --pubs 4 --count 100000", "store 100,000 retained messages, replay them to one"},
    {"offline", OFFLINE, "--qos 1 --pubs 4 --count 100000 --size 256", "fill and drain an absent client's session"},
    {"keep", KEEP, "--qos 1 --pubs 4 --count 100000", "the first part of retained; the second one may be another run with the same --run"},
    {"replay", REPLAY, "--qos 1 --pubs 4 --count 100000", "the second part of retained"},
    {"sessions", SESSIONS, "--count 100000 --sources 16", "100,000 sessions with a subscription each, left at the broker"},
    {"queues", QUEUES, "--qos 1 --pubs 4 --count 1000000 --sessions 1000 --size 256", "fill the queues of 1,000 absent sessions with 1,000,000 messages"},
    {"take", TAKE, "--qos 1 --pubs 4 --count 1000000 --sessions 1000 --size 256", "take them: a run of its own with the same --run"},
    {"idle", IDLE, "--count 18000 --sources 8 --concurrency 50", "connect 18,000 clients: rate, memory of each, CPU while idle"},
    {"handshakes", HANDSHAKES, "--count 4000 --sources 8 --concurrency 20", "connect, CONNACK, leave, 4,000 times, 20 at a time"},
    {"probe", PROBE, "--timeout 30", "wait until a client is let in"},
};

struct setting {
    const char *name;
    size_t offset;
    enum { NUMBER, REAL, TEXT, SWITCH, PROCESS } type;
    const char *meaning;
};

#define FIELD(field) offsetof(struct options, field)

static const struct setting SETTINGS[] = {
    {"host", FIELD(host), TEXT, "address of the broker, loopback only (127.0.0.1)"},
    {"port", FIELD(port), NUMBER, "(1883)"},
    {"from-port", FIELD(from_port), NUMBER, "where publishers connect, for two brokers with a bridge; 0 = as the others (0)"},
    {"version", FIELD(version), NUMBER, "4 = MQTT 3.1.1, 5 = MQTT 5 (4)"},
    {"qos", FIELD(qos), NUMBER, "of publications (0)"},
    {"subqos", FIELD(subscription_qos), NUMBER, "of subscriptions (that of publications)"},
    {"size", FIELD(size), NUMBER, "payload bytes, 24 at least (64)"},
    {"pubs", FIELD(publishers), NUMBER, "publishers; publisher i has topic i mod T (10)"},
    {"subs", FIELD(subscribers), NUMBER, "subscribers; subscriber j has topic j mod T (10)"},
    {"topics", FIELD(topics), NUMBER, "topics T (10)"},
    {"wide", FIELD(wide), SWITCH, "subscribers take all topics by one wildcard filter"},
    {"filters", FIELD(filters), NUMBER, "wildcard filters spread over the subscribers instead of topics (0)"},
    {"persistent", FIELD(persistent), SWITCH, "subscribers have sessions that outlive their connections"},
    {"acks", FIELD(acks), SWITCH, "measure the time from each publication to its acknowledgement"},
    {"sessions", FIELD(sessions), NUMBER, "absent sessions of queues and take, a multiple of the publishers"},
    {"run", FIELD(run), NUMBER, "number by which a later run knows this one's messages and sessions (any)"},
    {"window", FIELD(window), NUMBER, "unacknowledged messages of a publisher, QoS 1 and 2 (64)"},
    {"credit", FIELD(credit), NUMBER, "messages of a publisher not yet at all its subscribers, 0 = no limit (0)"},
    {"rate", FIELD(rate), REAL, "messages per second of all publishers, 0 = as fast as it goes (0)"},
    {"warmup", FIELD(warmup), REAL, "seconds before measuring (2)"},
    {"duration", FIELD(duration), REAL, "seconds measured (5)"},
    {"drain", FIELD(drain), REAL, "seconds without progress until the missing counts as lost (2)"},
    {"timeout", FIELD(timeout), REAL, "seconds until the run is given up (110)"},
    {"count", FIELD(count), NUMBER, "messages or connections of retained, offline, idle"},
    {"concurrency", FIELD(concurrency), NUMBER, "connections being opened at a time (200)"},
    {"hold", FIELD(hold), REAL, "seconds that idle connections are kept (3)"},
    {"gather", FIELD(gather_us), NUMBER, "closed loops: pause in us after a pass, so that packets gather (100)"},
    {"chunk", FIELD(chunk), NUMBER, "bytes written at a time where nothing else limits (16384)"},
    {"tls", FIELD(cafile), TEXT, "file with the authority of the broker's certificate: connect by TLS"},
    {"tls-version", FIELD(tls_version), TEXT, "1.2 or 1.3 and no other (the highest both know)"},
    {"resume", FIELD(resume), SWITCH, "TLS: take up the sessions of earlier connections"},
    {"websocket", FIELD(websocket), SWITCH, "MQTT in WebSocket frames, all that leaves together in one"},
    {"frame-each", FIELD(frame_each), SWITCH, "WebSocket: each packet in a frame of its own"},
    {"proxy", FIELD(proxy), NUMBER, "version of the PROXY protocol's header sent first, 1 or 2; 0 = none (0)"},
    {"keepalive", FIELD(keep_alive), NUMBER, "seconds stated in CONNECT; no pings are sent (300)"},
    {"sources", FIELD(source_addresses), NUMBER, "source addresses 127.0.0.1, .2, ... (1)"},
    {"rcvbuf", FIELD(receive_buffer), NUMBER, "SO_RCVBUF in bytes, 0 = the system's (0)"},
    {"slow", FIELD(slow), NUMBER, "further subscribers that hardly read (0)"},
    {"slow-rate", FIELD(slow_rate), NUMBER, "bytes per second a slow subscriber reads (10000)"},
    {"broker-pid", FIELD(broker), PROCESS, "process whose CPU and memory are measured"},
    {"label", FIELD(label), TEXT, "text for the result line"},
};

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static _Noreturn void usage(void) {
    printf("usage: culexload SCENARIO [--option value ...]    (prints a JSON line for each measurement)\nscenarios:\n");
    for (size_t i = 0; i < LENGTH(SCENARIOS); i++) {
        printf("  %-10s %s\n             %s\n", SCENARIOS[i].name, SCENARIOS[i].meaning, SCENARIOS[i].settings);
    }
    printf("options (default):\n");
    for (size_t i = 0; i < LENGTH(SETTINGS); i++) {
        printf("  --%-12s %s\n", SETTINGS[i].name, SETTINGS[i].meaning);
    }
    exit(0);
}

static double number(const char *name, const char *text) {
    char *end;
    double value = strtod(text, &end);
    if (end == text || *end != '\0' || value < 0 || value > UINT32_MAX) {
        fail("--%s: \"%s\" is not a number in range", name, text);
    }
    return value;
}

static void set(struct options *options, const struct setting *setting, const char *value) {
    char *field = (char *)options + setting->offset;
    switch (setting->type) {
        case NUMBER:
            *(unsigned *)field = (unsigned)number(setting->name, value);
            break;
        case REAL:
            *(double *)field = number(setting->name, value);
            break;
        case TEXT:
            *(const char **)field = value;
            break;
        case PROCESS:
            *(pid_t *)field = (pid_t)number(setting->name, value);
            break;
        case SWITCH:
            *(bool *)field = true;
            break;
    }
}

static const struct setting *find_setting(const char *word) {
    for (size_t i = 0; strncmp(word, "--", 2) == 0 && i < LENGTH(SETTINGS); i++) {
        if (strcmp(word + 2, SETTINGS[i].name) == 0) {
            return &SETTINGS[i];
        }
    }
    fail("unknown option %s", word);
}

static void apply(struct options *options, int count, char **words) {
    for (int i = 0; i < count; i++) {
        const struct setting *setting = find_setting(words[i]);
        if (setting->type == SWITCH) {
            set(options, setting, NULL);
        } else if (i + 1 < count) {
            set(options, setting, words[++i]);
        } else {
            fail("%s wants a value", words[i]);
        }
    }
}

static void apply_text(struct options *options, const char *settings) {
    char *words[MAX_WORDS];
    int count = 0;
    char *copy = strdup(settings);  // numbers are read at once; no preset has a text value that would dangle
    for (char *word = strtok(copy, " "); word != NULL && count < MAX_WORDS; word = strtok(NULL, " ")) {
        words[count++] = word;
    }
    apply(options, count, words);
    free(copy);
}

static const struct scenario *find_scenario(const char *name) {
    for (size_t i = 0; i < LENGTH(SCENARIOS); i++) {
        if (strcmp(name, SCENARIOS[i].name) == 0) {
            return &SCENARIOS[i];
        }
    }
    fail("unknown scenario %s; see culexload help", name);
}

static void require(bool holds, const char *rule) {
    if (!holds) {
        fail("%s", rule);
    }
}

static void check(const struct options *o) {
    require(strncmp(o->host, "127.", 4) == 0, "--host: loopback only");
    require(o->port >= 1 && o->port <= UINT16_MAX, "--port: 1 to 65535");
    require(o->from_port <= UINT16_MAX, "--from-port: 0 to 65535");
    require(o->version == 4 || o->version == 5, "--version: 4 or 5");
    require(o->qos <= 2 && o->subscription_qos <= 2, "--qos, --subqos: 0 to 2");
    require(o->size >= STAMP_BYTES && o->size <= LINK_READ_BYTES / 2, "--size: 24 to 131072");
    require(o->publishers >= 1 && o->subscribers >= 1, "--pubs, --subs: 1 at least");
    require(o->publishers <= MAX_TOPICS && o->subscribers <= MAX_TOPICS, "--pubs, --subs: 10000 at most");
    require(o->topics >= 1 && o->topics <= MAX_TOPICS, "--topics: 1 to 10000");
    require(o->filters <= MAX_NUMBERED && o->count <= MAX_NUMBERED, "--filters, --count: 1000000 at most");
    require(o->window >= 1 && o->window < UINT16_MAX, "--window: 1 to 65534");
    require(o->concurrency >= 1, "--concurrency: 1 at least");
    require(o->sessions <= o->count && o->sessions % o->publishers == 0, "--sessions: a multiple of --pubs, --count at most");
    require(o->chunk >= 1, "--chunk: 1 at least");
    require(o->proxy <= 2, "--proxy: 0 to 2");
    require(o->cafile != NULL || (o->tls_version == NULL && !o->resume), "--tls-version, --resume: only with --tls");
    require(o->tls_version == NULL || strcmp(o->tls_version, "1.2") == 0 || strcmp(o->tls_version, "1.3") == 0,
            "--tls-version: 1.2 or 1.3");
    require(o->websocket || !o->frame_each, "--frame-each: only with --websocket");
    require(o->keep_alive <= UINT16_MAX, "--keepalive: 65535 at most");
}

struct options options_parse(int argc, char **argv) {
    if (argc < 2 || strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0) {
        usage();
    }
    const struct scenario *scenario = find_scenario(argv[1]);
    struct options options = {
        .kind = scenario->kind, .scenario = scenario->name, .label = "", .host = "127.0.0.1",
        .port = 1883, .version = 4, .subscription_qos = UINT32_MAX, .size = 64,
        .publishers = 10, .subscribers = 10, .topics = 10,
        .window = 64, .concurrency = 200, .gather_us = 100, .chunk = 16384, .keep_alive = 300,
        .source_addresses = 1, .slow_rate = 10000,
        .warmup = 2, .duration = 5, .drain = 2, .hold = 3, .timeout = 110,
        .run = (uint32_t)(clock_now() ^ (uint64_t)getpid() << 16),
    };
    apply_text(&options, scenario->settings);
    apply(&options, argc - 2, argv + 2);
    if (options.subscription_qos == UINT32_MAX) {
        options.subscription_qos = options.qos;
    }
    check(&options);
    return options;
}
