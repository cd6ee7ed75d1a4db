// SPDX-License-Identifier: Apache-2.0
package io.culex.config.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandLineTest {
    @Test
    void readsBothSpellingsOfEverySwitch() throws Exception {
        CommandLine brief = CommandLine.parse("-c", "f", "-d", "-h", "-p", "1884", "-v");
        CommandLine full = CommandLine.parse("--config-file", "f", "--daemon", "--help", "--port", "1884", "--verbose");
        assertEquals(brief, full);
        assertEquals("f", brief.configFile());
        assertEquals(List.of(1884), brief.ports());
        assertEquals(CommandLine.Verbosity.VERBOSE, brief.verbosity());
        assertEquals(new CommandLine.Actions(true, true, false, false), brief.actions());
    }

    @Test
    void readsTheOtherSwitches() throws Exception {
        CommandLine line = CommandLine.parse(
                "--version", "--test-config", "-q", "-v", "--tls-keylog", "k", "--console-port", "8101");
        assertEquals(CommandLine.Verbosity.QUIET, line.verbosity());
        assertTrue(line.actions().version());
        assertTrue(line.actions().testConfig());
        assertEquals("k", line.tlsKeylog());
        assertEquals(8101, line.consolePort());
    }

    @Test
    void refusesWhatMosquittoRefusesInItsWords() {
        Map.of(
                        "-c", "Error: -c argument given, but no config file specified.",
                        "-p", "Error: -p argument given, but no port specified.",
                        "--tls-keylog", "Error: --tls-keylog argument given, but no file specified.",
                        "-p 0", "Error: Invalid port specified (0).",
                        "-p 65536", "Error: Invalid port specified (65536).",
                        "-x", "Error: Unknown option '-x'.")
                .forEach((args, error) -> assertEquals(error, error(args.split(" ", -1))));
        assertTrue(refusal("-x").printsUsage());
        assertFalse(refusal("-c").printsUsage());
    }

    @Test
    void takesTenPortsAtMost() throws Exception {
        List<String> args = new ArrayList<>();
        for (int port = 1; port <= 10; port++) {
            args.addAll(List.of("-p", String.valueOf(port)));
        }
        assertEquals(10, CommandLine.parse(args.toArray(String[]::new)).ports().size());
        args.addAll(List.of("-p", "11"));
        assertEquals("Error: Only 10 ports can be specified on the command line.", error(args.toArray(String[]::new)));
    }

    @Test
    void travelsThroughProperties() throws Exception {
        CommandLine line = CommandLine.parse("-c", "/etc/c.conf", "-p", "1", "-p", "2", "-q", "--tls-keylog", "k");
        Map<String, String> properties = line.toProperties();
        assertEquals(line, CommandLine.ofProperties(properties::get));
        assertEquals(CommandLine.NONE, CommandLine.ofProperties(Map.<String, String>of()::get));
        assertEquals(Map.of(), CommandLine.NONE.toProperties());
    }

    private static String error(String... args) {
        return String.valueOf(refusal(args).getMessage());
    }

    private static CommandLineException refusal(String... args) {
        return assertThrows(CommandLineException.class, () -> CommandLine.parse(args));
    }
}
