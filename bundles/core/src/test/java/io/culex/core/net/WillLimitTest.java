// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.config.BrokerSettings;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Will;
import io.culex.testkit.WireClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code message_size_limit} where the message is a will. */
class WillLimitTest {
    private final Hall hall = new Hall();

    @BeforeEach
    void start() {
        hall.take(BrokerSettings.DEFAULTS.with(new BrokerSettings.Limits(20, 0, 1000, 0, 2_000_000, 10, 0, -1, -1)));
    }

    @AfterEach
    void stop() {
        hall.close();
    }

    /** Mosquitto answers so. */
    @ParameterizedTest
    @CsvSource({"V5, 0x95", "V311, 5", "V31, 5"})
    void aLargerOneRefusesTheConnection(ProtocolVersion version, int reason) {
        WireClient client = hall.open(version);
        client.send(Connect.as("client").will(Will.to("gone", "12345678901", 1)));
        assertEquals(reason, client.expectEnd());
        hall.awaitSessions(0);
    }

    @Test
    void oneThatFitsIsPublished() {
        WireClient watcher = hall.connect("watcher");
        watcher.subscribe("gone", 0);
        hall.connect(ProtocolVersion.V5, Connect.as("client").will(Will.to("gone", "1234567890", 1)))
                .close();
        watcher.expectPublish("1234567890");
    }
}
