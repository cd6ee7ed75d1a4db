// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.message.ReasonCode;
import io.culex.codec.Connect;
import io.culex.codec.PacketType;
import io.culex.codec.PublishFrame;

/** What the log says of one connection (SPEC H.4); scripts read these lines. */
final class Journal {
    private final Connection connection;
    private final BrokerLog log;

    Journal(Connection connection, BrokerLog log) {
        this.connection = connection;
        this.log = log;
    }

    void arrived(int port) {
        if (log.connectionMessages()) {
            log.log(LogType.NOTICE, "New connection from " + address() + " on port " + port + ".");
        }
    }

    void accepted(Connect packet, String clientId) {
        if (log.connectionMessages()) {
            String user = packet.username() == null ? "" : ", u'" + packet.username() + "'";
            log.log(
                    LogType.NOTICE,
                    "New " + (packet.bridge() ? "bridge" : "client") + " connected from " + address() + " as "
                            + clientId + " (p" + packet.version().level() + ", c" + bit(packet.cleanStart()) + ", k"
                            + packet.keepAlive() + user + ").");
        }
    }

    /** The end; {@code words} are empty after a DISCONNECT. */
    void ended(String words) {
        if (log.connectionMessages()) {
            String what = "Client " + connection.name() + " [" + address() + "] disconnected";
            log.log(LogType.NOTICE, words.isEmpty() ? what + "." : what + ": " + words + ".");
        }
    }

    void failed(Throwable cause) {
        log.log(LogType.ERROR, "Error: Connection of " + connection.name() + " failed: " + cause);
    }

    void malformed(Throwable cause) {
        debug("Refused from ", ": " + cause.getMessage());
    }

    void received(String packet) {
        debug("Received " + packet + " from ", "");
    }

    void sending(String packet) {
        debug("Sending " + packet + " to ", "");
    }

    void sendingConnack(boolean present, int code) {
        debug("Sending CONNACK to ", " (" + bit(present) + ", " + code + ")");
    }

    void publish(boolean denied, PublishFrame frame, String topic) {
        if (log.enabled(LogType.DEBUG)) {
            debug(
                    (denied ? "Denied" : "Received") + " PUBLISH from ",
                    " (d" + bit(frame.dup()) + ", q" + frame.qos() + ", r" + bit(frame.retain()) + ", m"
                            + frame.packetId() + ", '" + topic + "', ... (" + frame.payloadLength() + " bytes))");
        }
    }

    /** Whether every packet is to be written down; asked before a line is made on the way out. */
    boolean isDetailed() {
        return log.enabled(LogType.DEBUG);
    }

    void sendingPublish(int firstByte, int packetId, String topic, int payloadBytes) {
        debug(
                "Sending PUBLISH to ",
                " (d" + (firstByte >> 3 & 1) + ", q" + (firstByte >> 1 & 3) + ", r" + (firstByte & 1) + ", m" + packetId
                        + ", '" + topic + "', ... (" + payloadBytes + " bytes))");
    }

    void sendingAcknowledgement(PacketType type, int packetId, ReasonCode reason) {
        debug("Sending " + type + " to ", " (m" + packetId + ", rc" + reason.code() + ")");
    }

    void receivedAcknowledgement(PacketType type, int packetId, ReasonCode reason) {
        debug("Received " + type + " from ", " (Mid: " + packetId + ", RC:" + reason.code() + ")");
    }

    private void debug(String before, String after) {
        if (log.enabled(LogType.DEBUG)) {
            log.log(LogType.DEBUG, before + connection.name() + after);
        }
    }

    private String address() {
        return connection.peer().addressText();
    }

    private static int bit(boolean flag) {
        return flag ? 1 : 0;
    }
}
