// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.TlsFacts;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.message.ReasonCode;
import io.culex.codec.Connect;
import io.culex.codec.PacketType;
import io.culex.codec.PublishFrame;
import io.culex.codec.Will;
import io.culex.core.oversight.TraceList;
import io.culex.transport.Arrival;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the log says of one connection (SPEC H.4); scripts read these lines. */
final class Journal {
    private static final int TLS_HANDSHAKE = 0x16;
    /** How GET, POST, PUT, HEAD, DELETE, OPTIONS and CONNECT begin. */
    private static final String HTTP_METHODS = "GPHDOC";

    private final Connection connection;
    private final Arrival arrival;
    private final BrokerLog log;
    private final TraceList traces;

    /** Whose {@link #address} that is: it is said twice until the login is over, and a proxy may give another one in between. */
    private @Nullable InetSocketAddress addressed;

    private String address = "";
    private boolean begun;
    private boolean hasReused;
    private boolean isBeyondQuota;

    Journal(Connection connection, Arrival arrival, BrokerLog log) {
        this.connection = connection;
        this.arrival = arrival;
        this.log = log;
        this.traces = connection.net().oversight().traces();
    }

    void arrived(int port) {
        if (log.connectionMessages() && !arrival.isProxied()) {
            log.log(LogType.NOTICE, "New connection from " + address() + " on port " + port + ".");
        }
    }

    /** The user is who was let in, which a certificate may have said. */
    void accepted(Connect packet, Subject subject) {
        if (isNoted()) {
            connected(packet, subject);
        }
        if (isDetailed()) {
            will(packet.will());
        }
        addressed = null;
        address = "";
    }

    private void will(@Nullable Will will) {
        if (will == null) {
            detail("No will message specified.");
        } else {
            detail("Will message specified (" + will.payload().length + " bytes) (r" + bit(will.retain()) + ", q"
                    + will.qos() + ").");
            detail("\t" + will.topicText());
        }
    }

    private void connected(Connect packet, Subject subject) {
        String clientId = subject.clientId();
        String user = subject.username() == null ? "" : ", u'" + subject.username() + "'";
        note("New " + (packet.bridge() ? "bridge" : "client") + " connected from " + address() + " as " + clientId
                + " (p" + packet.version().level() + ", c" + bit(packet.cleanStart()) + ", k" + packet.keepAlive()
                + user + ").");
        TlsFacts tls = connection.peer().tls();
        if (tls != null && tls.source() == TlsFacts.Source.TLS) {
            note("Client " + clientId + " negotiated " + tls.version() + " cipher " + tls.cipher());
        }
    }

    /** Why, in the words of whoever decided; the lines that Mosquitto has follow. */
    void refused(String plugin, String detail) {
        if (isNoted()) {
            String by = plugin.isEmpty() ? "" : " by " + plugin;
            note("Client " + connection.name() + " [" + address() + "] refused" + by + ": " + detail);
        }
    }

    private boolean isNoted() {
        return log.connectionMessages() || traces.concern(connection.name());
    }

    private void note(String line) {
        if (log.connectionMessages()) {
            log.log(LogType.NOTICE, line);
        }
        traces.tell(connection.name(), line);
    }

    /** Says so when the first byte of all is not that of a CONNECT but of another protocol: somebody mixed up ports. */
    void began(ByteBuf in) {
        if (begun || !in.isReadable()) {
            return;
        }
        begun = true;
        int firstByte = in.getUnsignedByte(in.readerIndex());
        if (firstByte == TLS_HANDSHAKE) {
            log.log(
                    LogType.NOTICE,
                    "Client from " + address() + " appears to be using TLS to connect to a non-TLS listener.");
        } else if (HTTP_METHODS.indexOf(firstByte) >= 0) {
            log.log(
                    LogType.NOTICE,
                    "Client from " + address() + " appears to be using HTTP to connect to an MQTT listener.");
        }
    }

    /** The end; {@code words} are empty after a DISCONNECT. */
    void ended(String words) {
        if (isNoted() && !arrival.isUnannounced()) {
            String what = "Client " + connection.name() + " [" + address() + "] disconnected";
            note(words.isEmpty() ? what + "." : what + ": " + words + ".");
        }
    }

    void failed(Throwable cause) {
        log.log(LogType.ERROR, "Error: Connection of " + connection.name() + " failed: " + cause);
    }

    /** No retransmission, and yet an identifier that waits for its PUBREL [MQTT-2.2.1-3]; said once of a connection (SPEC H.2). */
    void acceptedBefore(PublishFrame frame) {
        if (!frame.dup() && !hasReused) {
            hasReused = true;
            log.log(
                    LogType.WARNING,
                    "Warning: Client " + connection.name() + " reused message ID " + frame.packetId()
                            + " before its PUBREL; the message is taken for the one before.");
        }
    }

    /** More QoS 2 messages without their PUBREL than CONNACK allows; said once of a connection (SPEC H.2). */
    void beyondQuota() {
        if (!isBeyondQuota) {
            isBeyondQuota = true;
            log.log(
                    LogType.WARNING,
                    "Client " + connection.name()
                            + " has exceeded its receive-maximum quota. This behaviour must be fixed on the client.");
        }
    }

    void malformed(Throwable cause) {
        if (isDetailed()) {
            detail("Refused from " + connection.name() + ": " + cause.getMessage());
        }
    }

    void received(String packet) {
        if (isDetailed()) {
            detail("Received " + packet + " from " + connection.name());
        }
    }

    void sending(String packet) {
        if (isDetailed()) {
            detail("Sending " + packet + " to " + connection.name());
        }
    }

    void sendingConnack(boolean present, int code) {
        if (isDetailed()) {
            detail("Sending CONNACK to " + connection.name() + " (" + bit(present) + ", " + code + ")");
        }
    }

    void publish(boolean denied, PublishFrame frame, String topic) {
        if (isDetailed()) {
            publish(
                    (denied ? "Denied" : "Received") + " PUBLISH from " + connection.name() + " (d" + bit(frame.dup())
                            + ", q" + frame.qos() + ", r" + bit(frame.retain()) + ", m" + frame.packetId() + ", '"
                            + topic + "', ... (" + frame.payloadLength() + " bytes))",
                    topic,
                    frame::payloadBytes);
        }
    }

    /** Whether every packet is to be written down; asked before a line is made on the way out. */
    boolean isDetailed() {
        return log.enabled(LogType.DEBUG) || traces.concern(connection.name());
    }

    void sendingPublish(int firstByte, int packetId, String topic, int payloadLength, Supplier<byte[]> payload) {
        publish(
                "Sending PUBLISH to " + connection.name() + " (d" + (firstByte >> 3 & 1) + ", q" + (firstByte >> 1 & 3)
                        + ", r" + (firstByte & 1) + ", m" + packetId + ", '" + topic + "', ... (" + payloadLength
                        + " bytes))",
                topic,
                payload);
    }

    private void publish(String line, String topic, Supplier<byte[]> payload) {
        if (log.enabled(LogType.DEBUG)) {
            log.log(LogType.DEBUG, line);
        }
        traces.tell(connection.name(), line, topic, payload);
    }

    void sendingAcknowledgement(PacketType type, int packetId, ReasonCode reason) {
        detail("Sending " + type + " to " + connection.name() + " (m" + packetId + ", rc" + reason.code() + ")");
    }

    void receivedAcknowledgement(PacketType type, int packetId, ReasonCode reason) {
        detail("Received " + type + " from " + connection.name() + " (Mid: " + packetId + ", RC:" + reason.code()
                + ")");
    }

    private void detail(String line) {
        if (log.enabled(LogType.DEBUG)) {
            log.log(LogType.DEBUG, line);
        }
        traces.tell(connection.name(), line);
    }

    private String address() {
        Peer peer = connection.peer();
        InetSocketAddress now = peer.address();
        if (now == null || !now.equals(addressed)) {
            addressed = now;
            address = peer.addressText();
        }
        return address;
    }

    private static int bit(boolean flag) {
        return flag ? 1 : 0;
    }
}
