// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

import io.culex.api.auth.Peer;
import io.culex.api.config.ListenerSettings;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.Objects;

/**
 * One accepted connection: which listener took it and who is at the other end. Stages fill in the peer as they learn
 * more (PROXY header, TLS handshake, HTTP request), always before the first byte of the protocol reaches the endpoint.
 * Confined to the event loop of its channel.
 */
public final class Arrival {
    private static final AttributeKey<Arrival> KEY = AttributeKey.valueOf(Arrival.class, "arrival");

    private final Listener listener;
    private final ListenerSettings settings;
    private Peer peer;
    private boolean unannounced;

    private Arrival(Listener listener, ListenerSettings settings, Peer peer) {
        this.listener = Objects.requireNonNull(listener, "listener");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.peer = Objects.requireNonNull(peer, "peer");
    }

    /** The same by the listener's settings of this moment. */
    public static Arrival note(Channel channel, Listener listener, Peer peer) {
        return note(channel, listener, listener.settings(), peer);
    }

    /**
     * Notes on a channel where it comes from. Called once per channel, by its listener (or a test in its place).
     *
     * @param settings by which its stages are made
     */
    public static Arrival note(Channel channel, Listener listener, ListenerSettings settings, Peer peer) {
        Arrival arrival = new Arrival(listener, settings, peer);
        if (channel.attr(KEY).setIfAbsent(arrival) != null) {
            throw new IllegalStateException("The channel has an arrival already");
        }
        return arrival;
    }

    /**
     * The arrival of an accepted channel.
     *
     * @throws IllegalStateException when no listener accepted the channel
     */
    public static Arrival of(Channel channel) {
        Arrival arrival = channel.attr(KEY).get();
        if (arrival == null) {
            throw new IllegalStateException("No listener accepted the channel");
        }
        return arrival;
    }

    /** The listener that accepted the connection. */
    public Listener listener() {
        return listener;
    }

    /** The listener's settings when it accepted the connection: by these the stages in front of the endpoint were made. */
    public ListenerSettings settings() {
        return settings;
    }

    /** What is known of the other end by now. */
    public Peer peer() {
        return peer;
    }

    /** Replaces the peer by one that says more. For stages. */
    public void peer(Peer known) {
        peer = Objects.requireNonNull(known, "known");
    }

    /**
     * Whether nothing must be logged about the connection: it stands behind a proxy that has not said yet for whom it is, or
     * only looks whether the broker is well.
     */
    public boolean isUnannounced() {
        return unannounced;
    }

    /** Sets {@link #isUnannounced}. For stages. */
    public void unannounced(boolean hush) {
        unannounced = hush;
    }

    /**
     * Whether a proxy opened the connection for somebody else, by the PROXY protocol: Mosquitto then writes no line about the
     * socket.
     */
    public boolean isProxied() {
        return listener.settings().stages().containsKey("enable_proxy_protocol");
    }
}
