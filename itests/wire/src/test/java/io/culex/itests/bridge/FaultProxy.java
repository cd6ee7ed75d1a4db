// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.bridge;

import io.culex.testkit.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** Stands between two brokers and behaves like a bad line: cuts, delays, and swallows everything without a word. */
final class FaultProxy implements AutoCloseable {
    private final ServerSocket entrance;
    private final InetSocketAddress exit;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean deaf;
    private volatile int delayMillis;
    private volatile int accepted;

    FaultProxy(InetSocketAddress exit) {
        this.exit = exit;
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** How many connections have come. */
    int accepted() {
        return accepted;
    }

    /** Ends every connection at once. */
    void cut() {
        for (Socket socket : sockets) {
            close(socket);
        }
        sockets.clear();
    }

    /** Bytes of connections that are there go nowhere, and neither end hears when the other one goes. */
    void goDeaf(boolean now) {
        deaf = now;
    }

    /** Everything takes that much longer. */
    void delay(int millis) {
        delayMillis = millis;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void accept() {
        try {
            while (true) {
                Socket in = entrance.accept();
                accepted++;
                deaf = false;
                Socket out = new Socket();
                out.connect(Ports.local(exit.getPort()), 5000);
                sockets.addAll(List.of(in, out));
                start(() -> pump(in, out));
                start(() -> pump(out, in));
            }
        } catch (IOException closed) {
            cut();
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] bytes = new byte[8192];
        boolean swallows = false;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                if (delayMillis > 0) {
                    LockSupport.parkNanos(delayMillis * 1_000_000L);
                }
                swallows |= deaf;
                if (!swallows) {
                    out.write(bytes, 0, count);
                }
            }
        } catch (IOException ended) {
            // Either side may end it; both are closed then.
        }
        if (!swallows && !deaf) {
            close(from);
            close(to);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "fault-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
