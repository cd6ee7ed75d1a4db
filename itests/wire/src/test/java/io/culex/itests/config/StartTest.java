// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Ports;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code bin/culex} starts, or says why it does not (SPEC A.1). */
class StartTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String OPEN =
            """
            user root
            allow_anonymous true
            listener {port} 127.0.0.1
            """;

    private final BrokerProcess broker = BrokerProcess.prepare(BrokerKind.selected());

    @BeforeEach
    void skipWhatIsNotStartedHere() {
        Assume.notExternal();
    }

    @AfterEach
    void end() {
        broker.close();
    }

    @Test
    void exits3AtAnUnknownOptionAndNamesTheLine() {
        Assume.culex();
        assertEquals(3, run("user root\nnonsense 1\n", "-c"));
        assertLogged("Error: Unknown configuration variable 'nonsense'.");
        assertLogged(":2.");
    }

    @Test
    void exits3AtAValueOfTheWrongType() {
        Assume.culex();
        assertEquals(3, run("max_queued_messages many\n", "-c"));
        assertLogged("max_queued_messages");
        assertLogged(":1.");
    }

    @Test
    void exits3WithoutTheFile() {
        Assume.culex();
        broker.run(Map.of(), "-c", "{dir}/none.conf");
        assertEquals(3, broker.awaitExit(LIMIT));
        assertLogged("none.conf");
    }

    @Test
    void exits1WhenThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(Ports.local(broker.port("main")));
            assertEquals(1, run(OPEN, "-c"));
            assertLogged("Address already in use");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void exits0AfterASignalToStop(String signal) {
        start(OPEN);
        broker.signal(signal);
        assertEquals(0, broker.awaitExit(LIMIT));
        Assume.culex();
        assertLogged("terminating");
    }

    @Test
    void saysWhatItDoesInMosquittosWords() {
        start(OPEN);
        assertLogged(" starting\n");
        assertLogged("Config loaded from " + broker.configuration() + ".\n");
        assertLogged("Opening ipv4 listen socket on port " + broker.port("main") + ".\n");
        broker.awaitLog(" running\n");
        assertTrue(broker.log().matches("(?s)\\d{10}: .*"), broker.log());
    }

    @Test
    void testsAConfigurationWithoutStarting() {
        Assume.culex();
        broker.configure(OPEN);
        broker.run(Map.of(), "--test-config", "-c", broker.configuration().toString());
        assertEquals(0, broker.awaitExit(LIMIT));
        assertTrue((broker.output() + broker.log()).contains("Configuration file is OK."));
    }

    @Test
    void testsABadConfigurationWithoutStarting() {
        Assume.culex();
        broker.configure("nonsense 1\n");
        broker.run(Map.of(), "--test-config", "-c", broker.configuration().toString());
        assertEquals(3, broker.awaitExit(LIMIT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--help"})
    void printsItsUsage(String option) {
        broker.run(Map.of(), option);
        broker.awaitExit(LIMIT);
        assertTrue((broker.output() + broker.log()).contains("-c"), broker.output());
    }

    @Test
    void writesItsPidFile() throws IOException {
        start(OPEN + "pid_file {dir}/pid\n");
        assertEquals(
                Long.toString(broker.pid()),
                Files.readString(broker.folder().resolve("pid")).strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plugin mosquitto_dynamic_security.so",
                "plugin /usr/lib/unknown.so",
                "certfile {dir}/f",
                "require_certificate true"
            })
    void refusesToStartWithoutTheFeatureThatRestrictsAccess(String option) throws IOException {
        Assume.culex();
        Files.writeString(broker.folder().resolve("f"), "");
        assertEquals(3, run(OPEN + option + "\n", "-c"));
        assertLogged("Error");
    }

    private void start(String configuration) {
        broker.configure(configuration);
        broker.run(Map.of(), "-c", broker.configuration().toString());
        broker.awaitReady();
    }

    private int run(String configuration, String option) {
        broker.configure(configuration);
        broker.run(Map.of(), option, broker.configuration().toString());
        return broker.awaitExit(LIMIT);
    }

    private void assertLogged(String text) {
        assertTrue(broker.log().contains(text), () -> "no \"" + text + "\" in\n" + broker.log());
    }
}
