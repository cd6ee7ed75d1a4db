// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

/** What is counted per event loop and summed when somebody reads it. */
public enum Counter {
    /** Bytes read from sockets. */
    BYTES_RECEIVED,
    /** Bytes written to sockets. */
    BYTES_SENT,
    /** MQTT packets received. */
    PACKETS_RECEIVED,
    /** MQTT packets sent. */
    PACKETS_SENT,
    /** PUBLISH packets received. */
    PUBLISH_RECEIVED,
    /** PUBLISH packets sent. */
    PUBLISH_SENT,
    /** Payload of PUBLISH packets received. */
    PUBLISH_BYTES_RECEIVED,
    /** Payload of PUBLISH packets sent. */
    PUBLISH_BYTES_SENT,
    /** Messages dropped because of a limit. */
    PUBLISH_DROPPED,
    /** Sockets accepted. */
    SOCKETS,
    /** Connections that completed CONNECT. */
    CONNECTIONS,
    /** Connections open now. */
    CLIENTS_CONNECTED,
    /** Sessions of clients with a connection now. */
    SESSIONS_ONLINE,
    /** Sessions that expired. */
    SESSIONS_EXPIRED,
    /** Connections ended because the Keep Alive ran out. */
    KEEP_ALIVE_TIMEOUTS,
    /** Messages queued for sessions now. */
    QUEUED_MESSAGES,
    /** Payload of those. */
    QUEUED_BYTES,
    /** Payload in flight to clients now, beyond what each may have uncounted. */
    INFLIGHT_BYTES,
    /** Packets that wait because sockets do not take more, now. */
    OUT_PACKETS,
    /** Bytes of those. */
    OUT_PACKET_BYTES,
    /** Logins allowed. */
    AUTH_SUCCESS,
    /** Logins refused. */
    AUTH_FAIL,
    /** Logins refused because a plugin failed. */
    AUTH_ERROR,
    /** Exchanges of enhanced authentication that ended well. */
    EXTENDED_AUTH_SUCCESS,
    /** Those that were refused. */
    EXTENDED_AUTH_FAIL,
    /** Those that a plugin failed in. */
    EXTENDED_AUTH_ERROR;

    /** How many there are. */
    public static final int COUNT = values().length;
}
