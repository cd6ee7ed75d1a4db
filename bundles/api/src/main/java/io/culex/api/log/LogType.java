// SPDX-License-Identifier: Apache-2.0
package io.culex.api.log;

/** The values of {@code log_type} in mosquitto.conf, with their priority in syslog. */
public enum LogType {
    /** Something failed. */
    ERROR(3, "E"),
    /** Something needs a person's attention. */
    WARNING(4, "W"),
    /** Something unusual happened. */
    NOTICE(5, "N"),
    /** Connections, start and stop. */
    INFORMATION(6, "I"),
    /** Every packet. */
    DEBUG(7, "D"),
    /** Every subscription. */
    SUBSCRIBE(5, "M/subscribe"),
    /** Every end of a subscription. */
    UNSUBSCRIBE(5, "M/unsubscribe"),
    /** WebSocket frames and HTTP requests. */
    WEBSOCKETS(6, "WS"),
    /** What only the developers of the broker want to see. */
    INTERNAL(7, "D");

    private final int priority;
    private final String topic;

    LogType(int priority, String topic) {
        this.priority = priority;
        this.topic = topic;
    }

    /** The priority in syslog (RFC 5424). */
    public int priority() {
        return priority;
    }

    /** The last part of the topic under {@code $SYS/broker/log/}. */
    public String topic() {
        return topic;
    }
}
