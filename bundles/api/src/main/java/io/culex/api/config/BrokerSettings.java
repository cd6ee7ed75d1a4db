// SPDX-License-Identifier: Apache-2.0
package io.culex.api.config;

import java.time.Duration;
import java.util.Objects;

/**
 * What mosquitto.conf says of the whole broker, in groups; {@code docs/options.md} says what each means.
 *
 * @param limits of memory and flow
 * @param sessions rules for sessions
 * @param retain rules for retained messages
 * @param sysInterval period of the {@code $SYS} topics; zero: none
 * @param controlApi {@code enable_control_api}
 * @param persistent whether sessions and retained messages must be kept by a store; fixed at the start
 * @param log where the log goes
 */
public record BrokerSettings(
        Limits limits,
        Sessions sessions,
        Retain retain,
        Duration sysInterval,
        boolean controlApi,
        boolean persistent,
        LogSettings log) {
    /**
     * Limits; 0 means none unless said otherwise.
     *
     * @param maxInflightMessages per client and direction; 0: 65535
     * @param maxInflightBytes payload bytes of QoS 1 and 2 in flight per client
     * @param maxQueuedMessages per client, above what is in flight
     * @param maxQueuedBytes payload bytes queued per client
     * @param maxPacketBytes the whole packet, incoming
     * @param messageBytes {@code message_size_limit}: the payload alone
     * @param memoryBytes {@code memory_limit}: payloads and queues
     * @param globalMaxClients sessions, connected or not; below 1: no limit
     * @param globalMaxConnections open connections; -1: no limit
     */
    public record Limits(
            int maxInflightMessages,
            long maxInflightBytes,
            int maxQueuedMessages,
            long maxQueuedBytes,
            int maxPacketBytes,
            int messageBytes,
            long memoryBytes,
            int globalMaxClients,
            int globalMaxConnections) {
        /** The defaults of Mosquitto 2.1. */
        public static final Limits DEFAULTS = new Limits(20, 0, 1000, 0, 2_000_000, 0, 0, -1, -1);
    }

    /**
     * Rules for sessions.
     *
     * @param allowDuplicateMessages one copy for each of overlapping subscriptions; false: one for MQTT 3 clients
     * @param maxKeepAlive the longest Keep Alive allowed; zero: no limit
     * @param persistentExpiry {@code persistent_client_expiration}; zero: never
     * @param queueQos0 {@code queue_qos0_messages}
     * @param upgradeOutgoingQos {@code upgrade_outgoing_qos}
     * @param connectTimeout how long a connection may take until its CONNECT is complete
     * @param pluginSwapTimeout how long connections wait for a plugin that is missing
     */
    public record Sessions(
            boolean allowDuplicateMessages,
            Duration maxKeepAlive,
            Duration persistentExpiry,
            boolean queueQos0,
            boolean upgradeOutgoingQos,
            Duration connectTimeout,
            Duration pluginSwapTimeout) {
        /** The defaults of Mosquitto 2.1, and ours. */
        public static final Sessions DEFAULTS = new Sessions(
                true, Duration.ZERO, Duration.ZERO, false, false, Duration.ofSeconds(30), Duration.ofSeconds(10));
    }

    /**
     * Rules for retained messages.
     *
     * @param available {@code retain_available}
     * @param expiryInterval period of the sweep for expired ones; zero: only on access
     * @param checkSource {@code check_retain_source}
     */
    public record Retain(boolean available, Duration expiryInterval, boolean checkSource) {
        /** The defaults. */
        public static final Retain DEFAULTS = new Retain(true, Duration.ZERO, true);
    }

    /** Everything at its default. */
    public static final BrokerSettings DEFAULTS = new BrokerSettings(
            Limits.DEFAULTS,
            Sessions.DEFAULTS,
            Retain.DEFAULTS,
            Duration.ofSeconds(10),
            false,
            false,
            LogSettings.DEFAULTS);

    public BrokerSettings {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(sessions, "sessions");
        Objects.requireNonNull(retain, "retain");
        Objects.requireNonNull(sysInterval, "sysInterval");
        Objects.requireNonNull(log, "log");
    }

    /** The same with other limits. */
    public BrokerSettings with(Limits other) {
        return new BrokerSettings(other, sessions, retain, sysInterval, controlApi, persistent, log);
    }

    /** The same with other rules for sessions. */
    public BrokerSettings with(Sessions other) {
        return new BrokerSettings(limits, other, retain, sysInterval, controlApi, persistent, log);
    }

    /** The same with a store, or without one. */
    public BrokerSettings with(boolean keptByStore) {
        return new BrokerSettings(limits, sessions, retain, sysInterval, controlApi, keptByStore, log);
    }

    /** The same with other rules for retained messages. */
    public BrokerSettings with(Retain other) {
        return new BrokerSettings(limits, sessions, other, sysInterval, controlApi, persistent, log);
    }
}
