// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.parsing.CommandLineImpl;
import org.junit.jupiter.api.Test;

class OperationCompleterTest {
    private static final Session NO_SESSION = (Session) Proxy.newProxyInstance(
            OperationCompleterTest.class.getClassLoader(),
            new Class<?>[] {Session.class},
            (proxy, method, arguments) -> {
                throw new AssertionError("nobody asks the session: " + method);
            });

    private final OperationCompleter completer =
            new OperationCompleter("mqtt:store-backup", List.of("folder=", "force="));

    /** The line as Karaf cuts it, with the cursor behind the last word. */
    private List<String> offered(String... words) {
        List<String> candidates = new ArrayList<>();
        int last = words.length - 1;
        String buffer = String.join(" ", words);
        completer.complete(
                NO_SESSION,
                new CommandLineImpl(words, last, words[last].length(), buffer.length(), buffer),
                candidates);
        return candidates;
    }

    @Test
    void offersTheCommandItself() {
        assertEquals(List.of("mqtt:store-backup "), offered("mqtt:st"));
        assertEquals(List.of(), offered("mqtt:kick"));
    }

    @Test
    void offersTheNamesOfItsArgumentsAndNoSpaceBehind() {
        assertEquals(List.of("folder=", "force="), offered("mqtt:store-backup", "fo"));
        assertEquals(List.of("force="), offered("mqtt:store-backup", "folder=/tmp", "for"));
    }

    @Test
    void offersNothingBehindAnotherCommand() {
        assertEquals(List.of(), offered("mqtt:store-verify", ""));
    }
}
