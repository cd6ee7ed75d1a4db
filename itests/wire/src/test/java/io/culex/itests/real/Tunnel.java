// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.real;

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

/** Takes plain connections and leads each through a connection of another kind, so that a plain client can use that. */
public final class Tunnel implements AutoCloseable {
    private final ServerSocket entrance;
    private final Exit exit;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** Opens what a tunnel leads to. */
    public interface Exit {
        Socket open() throws IOException;
    }

    /** Opens the entrance. */
    public Tunnel(Exit exit) {
        this.exit = exit;
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** The entrance. */
    public InetSocketAddress address() {
        return new InetSocketAddress(entrance.getInetAddress(), entrance.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket plain = entrance.accept();
                sockets.add(plain);
                Socket other = exit.open();
                sockets.add(other);
                start(() -> pump(plain, other));
                start(() -> pump(other, plain));
            }
        } catch (IOException closed) {
            close();
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException ended) {
            // Either side may end it; both are closed then.
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "tunnel");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            entrance.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
