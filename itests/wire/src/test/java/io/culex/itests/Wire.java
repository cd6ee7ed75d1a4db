// SPDX-License-Identifier: Apache-2.0
package io.culex.itests;

import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** One test's way to the broker: clients that are closed with the test, and names no other test uses. */
public final class Wire implements AutoCloseable {
    private static final String RUN =
            Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36, 36 * 36 * 36), 36);
    private static final AtomicInteger TESTS = new AtomicInteger();

    private final BrokerProcess broker;
    private final String suffix = RUN + Integer.toString(TESTS.incrementAndGet(), 36);
    private final List<WireClient> clients = new ArrayList<>();

    Wire(BrokerProcess broker) {
        this.broker = broker;
    }

    /** A connection on which nothing was sent. */
    public WireClient open(ProtocolVersion version) {
        return open(version, "main");
    }

    /** A connection to the listener of this name on which nothing was sent. */
    public WireClient open(ProtocolVersion version, String listener) {
        Assumptions.assumeTrue(
                broker.kind() != BrokerKind.EXTERNAL || listener.equals("main"),
                "an external broker has one known listener");
        WireClient client = WireClient.open(broker.address(listener), version);
        clients.add(client);
        return client;
    }

    /** A version 5 connection on which nothing was sent. */
    public WireClient open() {
        return open(ProtocolVersion.V5);
    }

    /** A connected version 5 client with a clean session. */
    public WireClient v5(String name) {
        return connect(ProtocolVersion.V5, as(name));
    }

    /** A connected version 3.1.1 client with a clean session. */
    public WireClient v311(String name) {
        return connect(ProtocolVersion.V311, as(name));
    }

    /** A connected version 5 client. */
    public WireClient connect(Connect connect) {
        return connect(ProtocolVersion.V5, connect);
    }

    /** A connected client. */
    public WireClient connect(ProtocolVersion version, Connect connect) {
        WireClient client = open(version);
        client.connect(connect);
        return client;
    }

    /** CONNECT with a Client Identifier of this test. */
    public Connect as(String name) {
        return Connect.as(id(name));
    }

    /** A Client Identifier of this test: letters and digits, 23 characters at most. */
    public String id(String name) {
        return name + suffix;
    }

    /** A topic of this test. */
    public String topic(String name) {
        return "t" + suffix + "/" + name;
    }

    /** Where clients of other programs connect to. */
    public InetSocketAddress address() {
        return broker.address();
    }

    /** Skips the rest when Mosquitto 2.0.11, with which the tests themselves are tried, is known to answer otherwise. */
    public void notMosquitto(String why) {
        Assumptions.assumeTrue(broker.kind() != BrokerKind.MOSQUITTO, why);
    }

    /** Runs a check of strictness; with Mosquitto 2.0.11, which is lax here and there, a failure only skips the test. */
    void unlessLax(Runnable check) {
        if (broker.kind() != BrokerKind.MOSQUITTO) {
            check.run();
            return;
        }
        try {
            check.run();
        } catch (AssertionError e) {
            Assumptions.abort("Mosquitto does not refuse it: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        clients.forEach(WireClient::close);
    }
}
