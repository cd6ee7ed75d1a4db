// SPDX-License-Identifier: Apache-2.0
package io.culex.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.config.CommandLine;
import io.culex.config.CommandLineException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KarafBrokerTest {
    private static Map<String, String> properties(String... arguments) throws CommandLineException {
        return new KarafBroker(Path.of("home"), Path.of("data"), CommandLine.parse(arguments), line -> {}).properties();
    }

    @Test
    void withoutAConsoleNothingIsProvisioned() throws CommandLineException {
        assertEquals("", properties().get("culex.boot.features"));
        assertEquals("", properties().get("culex.feature.repositories"));
    }

    /** Else a feature that is removed again takes what it stands on with it: nobody else has asked for that. */
    @Test
    void theFeaturesServiceOfAConsoleKnowsThatTheBrokerIsWanted() throws CommandLineException {
        assertEquals(
                "framework, culex, culex-console",
                properties("--console-port", "8101").get("culex.boot.features"));
    }
}
