// SPDX-License-Identifier: Apache-2.0
package io.culex.api.auth;

import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection comes from, as far as the listener and its stages know it. Stages fill it on the way in.
 *
 * @param listener the name of the listener, for example {@code 1883} or {@code 8883@192.0.2.1}
 * @param socket the address at the other end of the socket; null on a unix socket and for a session without a socket
 * @param claimed the client's address as a trusted proxy gives it; null without a proxy
 * @param tls the facts of the TLS connection; null without TLS
 * @param unix the process at the other end of a unix socket; null otherwise
 * @param http the request that opened a WebSocket; null otherwise
 * @param identity an identity that a stage has verified (certificate, PSK); null when there is none
 */
public record Peer(
        String listener,
        @Nullable InetSocketAddress socket,
        @Nullable InetSocketAddress claimed,
        @Nullable TlsFacts tls,
        @Nullable UnixProcess unix,
        @Nullable HttpRequest http,
        @Nullable String identity) {
    /**
     * The process at the other end of a unix socket, as the kernel gives it.
     *
     * @param uid the number of its user
     * @param gid the number of its user's group
     * @param pid its own number
     */
    public record UnixProcess(int uid, int gid, int pid) {}

    /**
     * The request that opened a WebSocket.
     *
     * @param path as the client asked for it
     * @param origin the Origin header, which browsers send; null without one
     */
    public record HttpRequest(String path, @Nullable String origin) {}

    public Peer {
        Objects.requireNonNull(listener, "listener");
    }

    /** A peer of which only the listener and the address are known. */
    public static Peer of(String listener, @Nullable InetSocketAddress socket) {
        return new Peer(listener, socket, null, null, null, null, null);
    }

    /** The address to show and to decide by: the claimed one when there is one, else the socket's; null without both. */
    public @Nullable InetSocketAddress address() {
        return claimed != null ? claimed : socket;
    }

    /** {@code ip:port} of {@link #address()}; {@code local} for a unix socket or a session without a socket. */
    public String addressText() {
        InetSocketAddress address = address();
        if (address == null) {
            return "local";
        }
        String host = address.getAddress() == null ? address.getHostString() : AddressText.of(address.getAddress());
        return host + ":" + address.getPort();
    }
}
