// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A server for one connection, on a thread of its own. */
final class SocketPair implements AutoCloseable {
    private final ServerSocket server;
    private final CompletableFuture<String> result;

    /** What the server does with the connection, and what it tells about that. */
    interface Service {
        String serve(Socket socket) throws IOException;
    }

    SocketPair(Service service) throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        result = CompletableFuture.supplyAsync(
                () -> {
                    try (Socket socket = server.accept()) {
                        return service.serve(socket);
                    } catch (IOException e) {
                        return e.toString();
                    }
                },
                task -> {
                    Thread thread = new Thread(task, "server");
                    thread.setDaemon(true);
                    thread.start();
                });
    }

    int port() {
        return server.getLocalPort();
    }

    Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port());
    }

    /** What the server told, once it is done. */
    String told() throws InterruptedException, ExecutionException {
        return result.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
