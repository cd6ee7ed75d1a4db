// SPDX-License-Identifier: Apache-2.0
package io.culex.itests;

/** The brokers that conformance tests share: each runs once for the whole plan. */
public enum Setup {
    /** Defaults, and beside them one listener that grants QoS 1 at most and one without topic aliases. */
    OPEN(
            """
            user root
            allow_anonymous true
            listener {port} 127.0.0.1
            listener {port:qos1} 127.0.0.1
            max_qos 1
            listener {port:noalias} 127.0.0.1
            max_topic_alias 0
            """),
    /** Everything that can be limited is. */
    LIMITED(
            """
            user root
            allow_anonymous true
            allow_zero_length_clientid false
            max_keepalive 10
            max_packet_size 500
            message_size_limit 100
            max_inflight_messages 3
            max_queued_messages 4
            retain_available false
            listener {port} 127.0.0.1
            """);

    private final String configuration;

    Setup(String configuration) {
        this.configuration = configuration;
    }

    String configuration() {
        return configuration;
    }
}
