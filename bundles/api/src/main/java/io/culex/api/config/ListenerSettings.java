// SPDX-License-Identifier: Apache-2.0
package io.culex.api.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One listener of mosquitto.conf; {@code docs/options.md} says what each value means.
 *
 * @param name unique in a generation: port and host, or the path of the unix socket
 * @param binding what it listens on; a listener whose binding changes is another listener
 * @param protocol {@code mqtt}, {@code websockets} or {@code http_api}: which Endpoint takes its connections
 * @param clients rules for clients that come in here
 * @param access who may come in here
 * @param stages options of the pipeline's stages (TLS, PROXY, WebSocket) under the names of mosquitto.conf, checked already
 */
public record ListenerSettings(
        String name, Binding binding, String protocol, Clients clients, Access access, Map<String, String> stages) {
    /**
     * What a listener listens on. Without host and unix path: every address.
     *
     * @param port TCP port; 0 with a unix path (a test may take 0 without one: any free port)
     * @param host name or address, or null
     * @param unixPath path of a unix socket, or null
     * @param bindInterface name of a network interface, or null
     * @param family which addresses of host are taken
     */
    public record Binding(
            int port,
            @Nullable String host,
            @Nullable String unixPath,
            @Nullable String bindInterface,
            Family family) {}

    /** {@code socket_domain}. */
    public enum Family {
        /** IPv4 and IPv6. */
        ANY,
        /** IPv4 only. */
        IPV4,
        /** IPv6 only. */
        IPV6
    }

    /**
     * Rules for clients.
     *
     * @param maxConnections -1: no limit
     * @param maxQos 0, 1 or 2
     * @param maxTopicAlias from client to broker
     * @param maxTopicAliasBroker from broker to client
     * @param mountPoint prefix of every topic, or empty
     * @param protocolLevels which of 3, 4 and 5 are accepted
     * @param tcpNoDelay {@code set_tcp_nodelay}
     */
    public record Clients(
            int maxConnections,
            int maxQos,
            int maxTopicAlias,
            int maxTopicAliasBroker,
            String mountPoint,
            Set<Integer> protocolLevels,
            boolean tcpNoDelay) {
        /** The defaults of Mosquitto 2.1. */
        public static final Clients DEFAULTS = new Clients(-1, 2, 10, 10, "", Set.of(3, 4, 5), false);

        public Clients {
            protocolLevels = Set.copyOf(protocolLevels);
        }
    }

    /**
     * Who may come in.
     *
     * @param allowAnonymous clients without a user name, when no plugin decides
     * @param allowZeroLengthClientId whether the broker assigns a Client Identifier
     * @param autoIdPrefix how assigned ones begin
     * @param clientIdPrefixes how Client Identifiers must begin, or null
     * @param usernameAsClientId {@code use_username_as_clientid}
     * @param plugins names of the plugins that decide here, in order; each of them must be there for the door to open
     */
    public record Access(
            boolean allowAnonymous,
            boolean allowZeroLengthClientId,
            String autoIdPrefix,
            @Nullable String clientIdPrefixes,
            boolean usernameAsClientId,
            List<String> plugins) {
        /** Closed to anonymous clients, no plugin. */
        public static final Access CLOSED = new Access(false, true, "auto-", null, false, List.of());

        /** Open to everyone: the listener of the local only mode. */
        public static final Access LOCAL_ONLY = new Access(true, true, "auto-", null, false, List.of());

        public Access {
            plugins = List.copyOf(plugins);
        }
    }

    public ListenerSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(binding, "binding");
        stages = Map.copyOf(stages);
    }

    /** The same with other rules for clients. */
    public ListenerSettings with(Clients other) {
        return new ListenerSettings(name, binding, protocol, other, access, stages);
    }

    /** The same with another access rule. */
    public ListenerSettings with(Access other) {
        return new ListenerSettings(name, binding, protocol, clients, other, stages);
    }
}
