// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.prometheus;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.culex.api.log.BrokerLog;
import io.culex.metrics.export.Maker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** One HTTP server, and who answers there: the one that came first, then the next. Under the lock of {@link Ports}. */
final class Seat {
    private static final int BACKLOG = 16;
    private static final int THREADS = 4;
    private static final int WAITING_REQUESTS = 200;
    private static final int IDLE_SECONDS = 30;

    /**
     * Who answers.
     *
     * @param tls null: without
     * @param maker whose exporter it is
     */
    record Guest(Scrapes scrapes, @Nullable X509ExtendedKeyManager tls, Maker maker, BrokerLog log) {}

    private final InetSocketAddress address;
    private final boolean tls;
    private final Deque<Guest> guests = new ArrayDeque<>();
    private @Nullable HttpServer server;
    private @Nullable ThreadPoolExecutor threads;
    private @Nullable CurrentKey key;
    private volatile @Nullable Guest serving;
    private boolean open;
    private boolean started;

    Seat(InetSocketAddress address, boolean tls) {
        this.address = address;
        this.tls = tls;
    }

    /** Who answers, and who waits for that. */
    List<Guest> guests() {
        return List.copyOf(guests);
    }

    InetSocketAddress address() {
        return address;
    }

    boolean isTls() {
        return tls;
    }

    boolean isBound() {
        return server != null;
    }

    BrokerLog log() {
        return guests.getFirst().log();
    }

    int port() {
        HttpServer now = server;
        return now == null ? address.getPort() : now.getAddress().getPort();
    }

    /** Takes the port; nobody is answered yet. */
    void bind() throws IOException {
        Guest first = guests.getFirst();
        HttpServer made = first.tls() == null ? HttpServer.create(address, BACKLOG) : https(first.tls());
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING_REQUESTS), task -> {
                    Thread thread = new Thread(task, "culex-prometheus");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        made.setExecutor(pool);
        made.createContext("/", exchange -> {
            Guest now = serving;
            if (now == null) {
                exchange.close();
            } else {
                now.scrapes().handle(exchange);
            }
        });
        server = made;
        threads = pool;
        serveFirst();
        startWhenOpen();
    }

    private HttpServer https(X509ExtendedKeyManager with) throws IOException {
        CurrentKey current = new CurrentKey(with);
        HttpsConfigurator tls;
        try {
            tls = new HttpsConfigurator(current.context());
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
        HttpsServer made = HttpsServer.create(address, BACKLOG);
        made.setHttpsConfigurator(tls);
        key = current;
        return made;
    }

    void add(Guest guest) {
        guests.addLast(guest);
        serveFirst();
    }

    /** Answers from now on. */
    void open() {
        open = true;
        startWhenOpen();
    }

    private void startWhenOpen() {
        HttpServer now = server;
        if (open && now != null && !started) {
            started = true;
            now.start();
        }
    }

    private void serveFirst() {
        Guest first = guests.peekFirst();
        serving = first;
        CurrentKey now = key;
        if (now != null && first != null && first.tls() != null) {
            now.use(first.tls());
        }
    }

    /** The guest goes; false: it was the last, and the port is free. */
    boolean remove(Guest guest) {
        guests.remove(guest);
        if (!guests.isEmpty()) {
            serveFirst();
            return true;
        }
        stop();
        return false;
    }

    private void stop() {
        HttpServer now = server;
        if (now != null) {
            server = null;
            if (!started) {
                // The JDK's server keeps the port of one that is stopped without having been started; nobody is
                // answered.
                serving = null;
                now.start();
            }
            now.stop(0);
        }
        ThreadPoolExecutor pool = threads;
        if (pool != null) {
            pool.shutdown();
        }
    }
}
