// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Any number of clients on one thread. What goes wrong is collected. */
public final class Load implements AutoCloseable {
    private static final int MILLIS = 2;

    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private final Queue<LoadClient> coming = new ConcurrentLinkedQueue<>();
    private final List<LoadClient> clients = new ArrayList<>();
    private final List<Publisher> publishers = new ArrayList<>();
    private final Set<LoadClient> dirty = new LinkedHashSet<>();
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final Pacer pacer;
    private final Thread thread;
    final AtomicLong delivered = new AtomicLong();
    final AtomicLong logins = new AtomicLong();
    final AtomicLong tries = new AtomicLong();
    final AtomicLong longestNanos = new AtomicLong();
    private volatile boolean over;

    /** How many messages have been and may be sent. */
    private static final class Pacer {
        private final int perSecond;
        private volatile boolean on;
        private volatile long sent;
        private double credit;
        private long last;
        private int turn;

        Pacer(int perSecond) {
            this.perSecond = perSecond;
        }

        /** What was not sent while nobody could is sent afterwards at twice the pace, not at once. */
        void tick(long now, List<Publisher> publishers) {
            double more = Math.min(2.0 * MILLIS / 1000, (now - last) / 1e9) * perSecond;
            credit = on ? Math.min(credit + more, perSecond / 10.0) : 0;
            last = now;
            for (int tried = 0; credit >= 1 && tried < publishers.size(); tried++) {
                turn = (turn + 1) % publishers.size();
                while (credit >= 1 && publishers.get(turn).send(now)) {
                    credit--;
                    sent++;
                    if (sent % 4 == 0) {
                        break;
                    }
                }
            }
        }
    }

    /** A load of so many messages per second at most, not begun yet. */
    public Load(int perSecond) throws IOException {
        this.selector = Selector.open();
        this.pacer = new Pacer(perSecond);
        this.thread = new Thread(this::run, "load");
        thread.start();
    }

    private void run() {
        try {
            while (!over) {
                turn();
            }
        } catch (IOException | RuntimeException e) {
            problem("the load has failed: " + e);
        }
        clients.forEach(LoadClient::close);
    }

    private void turn() throws IOException {
        selector.select(MILLIS);
        for (LoadClient next = coming.poll(); next != null; next = coming.poll()) {
            clients.add(next);
            if (next instanceof Publisher publisher) {
                publishers.add(publisher);
            }
            next.open();
        }
        for (SelectionKey key : selector.selectedKeys()) {
            LoadClient client = (LoadClient) key.attachment();
            if (key.isValid()) {
                guarded(client, () -> client.read(buffer));
            }
        }
        selector.selectedKeys().clear();
        long now = System.nanoTime();
        for (LoadClient client : clients) {
            client.tick(now);
        }
        pacer.tick(now, publishers);
        List<LoadClient> written = List.copyOf(dirty);
        dirty.clear();
        for (LoadClient client : written) {
            guarded(client, client::flush);
        }
    }

    private interface Io {
        void run() throws IOException;
    }

    private static void guarded(LoadClient client, Io work) {
        try {
            work.run();
        } catch (IOException e) {
            client.close();
            client.closed();
        }
    }

    void add(LoadClient client) {
        coming.add(client);
        selector.wakeup();
    }

    Selector selector() {
        return selector;
    }

    void dirty(LoadClient client) {
        dirty.add(client);
    }

    void problem(String what) {
        if (problems.size() < 20) {
            problems.add(what);
        }
    }

    void waited(long nanos) {
        longestNanos.accumulateAndGet(nanos, Math::max);
    }

    /** What has gone wrong so far. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Messages that publishers have sent. */
    public long sent() {
        return pacer.sent;
    }

    /** Lets the messages flow, or ends that. */
    public void flows(boolean on) {
        pacer.on = on;
    }

    @Override
    public void close() throws IOException {
        over = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        selector.close();
    }
}
