// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf.load;

import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Receives the numbers of the publishers: each the one after the one before. Nothing of {@code secret/} may come. */
final class Subscriber extends LoadClient {
    private final String filter;
    private final int qos;
    private final boolean seesAll;
    private final Map<String, Long> last = new ConcurrentHashMap<>();
    private volatile boolean ready;

    Subscriber(Load load, SocketAddress address, String id, Login login, String filter, int qos) {
        super(load, address, id, login);
        this.filter = filter;
        this.qos = qos;
        this.seesAll = filter.equals("#");
    }

    @Override
    void answered(int code) {
        super.answered(code);
        subscribe(filter, qos);
    }

    @Override
    void subscribed(int code) {
        super.subscribed(code);
        ready = true;
    }

    @Override
    void published(String topic, long number) {
        if (topic.startsWith("load/")) {
            long before = last.getOrDefault(topic, 0L);
            if (number != before + 1) {
                load.problem(id + " received " + number + " of " + topic + " after " + before);
            }
            last.put(topic, number);
            load.delivered.incrementAndGet();
        } else if (!seesAll || topic.startsWith("secret/")) {
            load.problem(id + " received " + topic);
        }
    }

    boolean isReady() {
        return ready;
    }

    long last(String topic) {
        return last.getOrDefault(topic, 0L);
    }
}
