// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.net;

import io.culex.cli.ctrl.option.Options;
import io.culex.cli.ctrl.option.Options.Server;
import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import io.culex.security.tls.KeyPassword;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Opens the connection that the options ask for: socket, proxy, TLS, WebSocket, within one time limit each. */
final class Dial {
    private final Server server;
    private final Duration limit;
    private final Protection protection;

    Dial(Options options, KeyPassword password) throws FailedException {
        this.server = options.server();
        this.limit = options.conversation().limit();
        this.protection = Protection.of(options.encryption(), password);
    }

    /** Blocks until the connection stands. */
    Link open() throws FailedException {
        Socket socket = socket();
        try (TimeLimit clock = new TimeLimit(limit, socket)) {
            Options.Proxy proxy = server.via();
            if (proxy != null) {
                step(clock, ExitStatus.PROXY, "Proxy " + proxy, () -> {
                    Socks5.connect(socket, proxy, server.host(), server.port());
                    return socket;
                });
            }
            Link encrypted = step(
                    clock,
                    ExitStatus.TLS,
                    "TLS handshake with " + server.describe(),
                    () -> protection.over(socket, server.host(), server.port()));
            String path = server.webSocket();
            return path == null
                    ? encrypted
                    : step(
                            clock,
                            ExitStatus.UNREACHABLE,
                            server.describe(),
                            () -> WebSocketLink.over(encrypted, server.describe(), path));
        } catch (FailedException e) {
            closeQuietly(socket);
            throw e;
        }
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    private <T> T step(TimeLimit clock, ExitStatus status, String what, Step<T> step) throws FailedException {
        try {
            return step.run();
        } catch (IOException e) {
            throw clock.isOver() ? timedOut(what, e) : failed(status, what, e);
        }
    }

    private Socket socket() throws FailedException {
        Path unix = server.unix();
        Options.Proxy proxy = server.via();
        if (unix != null) {
            return unix(unix, limit);
        }
        return proxy == null
                ? tcp(server.host(), server.port(), ExitStatus.UNREACHABLE)
                : tcp(proxy.host(), proxy.port(), ExitStatus.PROXY);
    }

    private static Socket unix(Path path, Duration limit) throws FailedException {
        String what = "Unable to connect to " + path;
        try {
            return UnixSocket.connect(path, limit);
        } catch (SocketTimeoutException e) {
            throw timedOut(what, e);
        } catch (IOException e) {
            throw failed(ExitStatus.UNREACHABLE, what, e);
        }
    }

    /** Tries the addresses of the host in turn. */
    private Socket tcp(String host, int port, ExitStatus status) throws FailedException {
        String what = "Unable to connect to " + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        long end = System.nanoTime() + limit.toNanos();
        IOException last = new UnknownHostException(host);
        for (InetAddress address : resolve(host)) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw timedOut(what, last);
            }
            try {
                return connect(new InetSocketAddress(address, port), (int) Math.min(millis, Integer.MAX_VALUE));
            } catch (IOException e) {
                last = e;
            }
        }
        throw last instanceof SocketTimeoutException ? timedOut(what, last) : failed(status, what, last);
    }

    private Socket connect(InetSocketAddress address, int millis) throws IOException {
        Socket socket = new Socket();
        try {
            String from = server.from();
            if (from != null) {
                socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            }
            socket.setTcpNoDelay(server.noDelay());
            socket.connect(address, millis);
            return socket;
        } catch (IOException e) {
            closeQuietly(socket);
            throw e;
        }
    }

    private static InetAddress[] resolve(String host) throws FailedException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new FailedException(
                    ExitStatus.LOOKUP, "Error: Lookup error: there is no address of " + host + ".", e);
        }
    }

    private static FailedException timedOut(String what, IOException cause) {
        return new FailedException(ExitStatus.TIMEOUT, "Error: " + what + ": Timed out.", cause);
    }

    private static FailedException failed(ExitStatus status, String what, IOException cause) {
        return new FailedException(status, "Error: " + what + ": " + Reasons.of(cause) + ".", cause);
    }

    private static void closeQuietly(@Nullable Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // It failed already, and the first reason counts.
        }
    }
}
