// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf.load;

import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;

/** Publishes numbers 1, 2, 3, ... to a topic of its own, with so many unacknowledged at most. */
final class Publisher extends LoadClient {
    private static final int WINDOW = 20;

    private final String topic;
    private final int qos;
    private final Map<Integer, Long> outstanding = new HashMap<>();
    private volatile long sent;
    private volatile int unacknowledged;

    Publisher(Load load, SocketAddress address, String name, Login login, int qos) {
        super(load, address, "publisher-" + name, login);
        this.topic = "load/" + name;
        this.qos = qos;
    }

    /** Sends the next number; false when too much is unacknowledged. */
    boolean send(long now) {
        if (!isConnected() || outstanding.size() >= WINDOW) {
            return false;
        }
        sent++;
        int packetId = publish(topic, sent, qos);
        if (qos > 0) {
            outstanding.put(packetId, now);
            unacknowledged = outstanding.size();
        }
        return true;
    }

    @Override
    void acknowledged(int packetId) {
        Long since = outstanding.remove(packetId);
        unacknowledged = outstanding.size();
        if (since == null) {
            load.problem(id + " got an acknowledgement of nothing");
        } else {
            load.waited(System.nanoTime() - since);
        }
    }

    String topic() {
        return topic;
    }

    long sent() {
        return sent;
    }

    int unacknowledged() {
        return unacknowledged;
    }
}
