// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

import java.net.InetAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection to be opened.
 *
 * @param target an {@link java.net.InetSocketAddress} (an unresolved one is resolved anew for each attempt, and each of its
 *     addresses is tried in turn), or a {@link java.net.UnixDomainSocketAddress}
 * @param from the local address to connect from, or null for any
 * @param timeout for resolving and connecting together
 * @param tcp for the time that the connection lives; not for unix sockets
 * @param stages options of the stages to pass, under the names of mosquitto.conf for bridges; empty: plain
 */
public record DialRequest(
        SocketAddress target,
        @Nullable InetAddress from,
        Duration timeout,
        TcpOptions tcp,
        Map<String, String> stages) {
    public DialRequest {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(tcp, "tcp");
        stages = Map.copyOf(stages);
    }

    /** With TCP as the system has it. */
    public DialRequest(SocketAddress target, @Nullable InetAddress from, Duration timeout, Map<String, String> stages) {
        this(target, from, timeout, TcpOptions.NONE, stages);
    }

    /** A plain connection from any local address. */
    public static DialRequest plain(SocketAddress target, Duration timeout) {
        return new DialRequest(target, null, timeout, Map.of());
    }
}
