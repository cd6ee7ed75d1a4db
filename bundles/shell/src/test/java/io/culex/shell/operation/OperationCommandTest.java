// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.admin.Operation;
import io.culex.api.admin.Operations;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.karaf.shell.api.console.Session;
import org.junit.jupiter.api.Test;

class OperationCommandTest {
    private final List<String> logged = new ArrayList<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Operations operations = Operation::run;
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    private final OperationCommand command = new OperationCommand(new Greet(), operations, new ListLog(), () -> out);

    private static final class Greet implements Operation {
        @Override
        public String scope() {
            return "test";
        }

        @Override
        public String name() {
            return "greet";
        }

        @Override
        public String description() {
            return "Greets someone.";
        }

        @Override
        public List<Argument> arguments() {
            return List.of(new Argument("who", "whom", true), new Argument("password", "a secret", false));
        }

        @Override
        public CompletionStage<List<String>> run(Map<String, String> arguments) {
            if ("waiting".equals(arguments.get("who"))) {
                return new CompletableFuture<>();
            }
            return "nobody".equals(arguments.get("who"))
                    ? CompletableFuture.failedFuture(new RefusedException("nobody is there"))
                    : CompletableFuture.completedFuture(List.of("hello " + new TreeMap<>(arguments)));
        }
    }

    private final class ListLog implements BrokerLog {
        @Override
        public boolean enabled(LogType type) {
            return true;
        }

        @Override
        public boolean connectionMessages() {
            return true;
        }

        @Override
        public void log(LogType type, String line) {
            logged.add(type + " " + line);
        }
    }

    private String run(Object... words) throws Exception {
        printed.reset();
        Session session = (Session) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, args) -> "karaf");
        command.execute(session, List.of(words));
        return printed.toString(StandardCharsets.UTF_8).strip();
    }

    private String usageError(Object... words) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> run(words)).getMessage());
    }

    @Test
    void isNamedByScopeAndName() {
        assertEquals("mqtt", command.getScope());
        assertEquals("test-greet", command.getName());
    }

    @Test
    void takesArgumentsInOrderOrByName() throws Exception {
        assertEquals("hello {who=bob}", run("bob"));
        assertEquals("hello {password=x, who=bob}", run("bob", "x"));
        assertEquals("hello {password=a=b, who=bob}", run("password=a=b", "bob"));
        assertEquals("hello {who=x=y}", run("x=y"));
    }

    @Test
    void saysHowItIsUsed() throws Exception {
        assertEquals("who is missing; usage: mqtt:test-greet who [password]", usageError());
        assertEquals("'c' is too much; usage: mqtt:test-greet who [password]", usageError("a", "b", "c"));
        assertTrue(run("--help").contains("password: a secret"));
    }

    @Test
    void showsNothingThatCouldMoveTheCursorOfATerminal() throws Exception {
        assertEquals("hello {who=?[31m}", run("\u001b[31m"));
        assertEquals("[\n  \"hello {who=\\u009b31m}\"\n]", run("--json", "\u009b31m"));
    }

    @Test
    void writesDownThatNobodyWaitedForTheEnd() {
        Thread.currentThread().interrupt();

        assertThrows(InterruptedException.class, () -> run("waiting"));

        assertEquals(
                List.of("NOTICE Audit: karaf, mqtt:test-greet who=waiting: not waited for; it may still be done."),
                logged);
    }

    @Test
    void printsJson() throws Exception {
        assertEquals("[\n  \"hello {who=bob}\"\n]", run("--json", "bob"));
    }

    @Test
    void writesDownWhoDidWhatWithoutSecrets() throws Exception {
        run("bob", "password=xyz");
        assertEquals(List.of("NOTICE Audit: karaf, mqtt:test-greet who=bob password=******: done."), logged);
        assertEquals(
                "nobody is there",
                assertThrows(Operation.RefusedException.class, () -> run("nobody"))
                        .getMessage());
        assertEquals("NOTICE Audit: karaf, mqtt:test-greet who=nobody: refused: nobody is there", logged.get(1));
    }
}
