// SPDX-License-Identifier: Apache-2.0
package io.culex.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.culex.config.commandline.CommandLine;
import io.culex.config.commandline.CommandLineException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.karaf.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KarafBrokerTest {
    private static Map<String, String> properties(String... arguments) throws CommandLineException {
        return new KarafBroker(Path.of("home"), Path.of("data"), CommandLine.parse(arguments), line -> {}).properties();
    }

    private final Properties before = (Properties) System.getProperties().clone();

    @AfterEach
    void restore() {
        System.setProperties(before);
    }

    private static LaunchException failure(Path data, Throwable thrown) throws CommandLineException {
        Main karaf = new Main(new String[0]) {
            @Override
            public void launch() throws Exception {
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw (Exception) thrown;
            }
        };
        KarafBroker broker = new KarafBroker(Path.of("home"), data, CommandLine.parse(), line -> {});
        return assertThrows(LaunchException.class, () -> broker.run(karaf, () -> {}));
    }

    /** Else the process stays, with the threads that Karaf has begun, and serves nobody. */
    @Test
    void anErrorInKarafsStartIsAFailureLikeAnException(@TempDir Path data) throws CommandLineException {
        assertEquals(
                "Error: Karaf does not start: java.lang.NoClassDefFoundError: org/example/Missing",
                failure(data, new NoClassDefFoundError("org/example/Missing")).getMessage());
    }

    @Test
    void aFailureIsReportedWithWhatItBeganWith(@TempDir Path data) throws CommandLineException {
        IOException first = new IOException("No space left on device");
        assertEquals(
                "Error: Karaf does not start: java.lang.RuntimeException: Error installing bundle:"
                        + " java.io.IOException: No space left on device",
                failure(data, new RuntimeException("Error installing bundle", new RuntimeException(first)))
                        .getMessage());
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
