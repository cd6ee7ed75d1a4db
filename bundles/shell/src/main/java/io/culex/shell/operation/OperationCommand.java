// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.operation;

import com.google.gson.JsonArray;
import io.culex.api.admin.Operation;
import io.culex.api.admin.Operations;
import io.culex.api.log.BrokerLog;
import io.culex.shell.Audit;
import io.culex.shell.print.Json;
import io.culex.shell.print.Visible;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** One operation of a plugin as a command: {@code store-info} for {@code info} of scope {@code store}. */
final class OperationCommand implements Command {
    private static final String SCOPE = "mqtt";
    private static final int MINUTES = 10;
    private static final Pattern SECRET = Pattern.compile("(?i).*(password|secret|token|psk).*");

    private final Operation operation;
    private final Operations operations;
    private final BrokerLog log;
    private final Supplier<PrintStream> output;
    private final OperationArguments arguments;

    /**
     * Of one operation.
     *
     * @param output where the thread that asks prints to
     */
    OperationCommand(Operation operation, Operations operations, BrokerLog log, Supplier<PrintStream> output) {
        this.operation = operation;
        this.operations = operations;
        this.log = log;
        this.output = output;
        this.arguments = new OperationArguments(SCOPE + ":" + getName(), operation);
    }

    @Override
    public String getScope() {
        return SCOPE;
    }

    @Override
    public String getName() {
        return operation.scope() + "-" + operation.name();
    }

    @Override
    public String getDescription() {
        return operation.description();
    }

    @Override
    public Completer getCompleter(boolean scoped) {
        List<String> names = operation.arguments().stream()
                .map(argument -> argument.name() + "=")
                .toList();
        return new OperationCompleter(scoped ? getName() : SCOPE + ":" + getName(), names);
    }

    @Override
    public @Nullable Parser getParser() {
        return null;
    }

    @Override
    public @Nullable Object execute(Session session, List<Object> given) throws Exception {
        List<String> words = new ArrayList<>(given.stream().map(String::valueOf).toList());
        PrintStream out = output.get();
        if (words.contains("--help")) {
            help(out);
            return null;
        }
        boolean json = words.remove("--json");
        Map<String, String> values = arguments.parse(words);
        List<String> lines = run(String.valueOf(session.get("USER")), values);
        if (json) {
            JsonArray array = new JsonArray();
            lines.forEach(array::add);
            out.println(Json.readable(array));
        } else {
            lines.forEach(line -> out.println(Visible.of(line)));
        }
        return null;
    }

    private List<String> run(String user, Map<String, String> values) throws Exception {
        Audit audit = new Audit(log, user, SCOPE + ":" + getName() + shown(values));
        try {
            List<String> lines =
                    operations.run(operation, values).toCompletableFuture().get(MINUTES, TimeUnit.MINUTES);
            audit.done("done.");
            return lines;
        } catch (ExecutionException e) {
            Exception reason = e.getCause() instanceof Exception cause ? cause : e;
            audit.refused(String.valueOf(reason.getMessage()));
            throw reason;
        } catch (InterruptedException e) {
            audit.notWaitedFor();
            throw e;
        } catch (TimeoutException e) {
            audit.notWaitedFor();
            throw new IllegalStateException("no answer within " + MINUTES + " minutes; it may still be done", e);
        }
    }

    /** What is secret is not written down. */
    private String shown(Map<String, String> values) {
        return operation.arguments().stream()
                .map(Operation.Argument::name)
                .filter(values::containsKey)
                .map(name -> " " + name + "=" + (SECRET.matcher(name).matches() ? "******" : values.get(name)))
                .collect(Collectors.joining());
    }

    private void help(PrintStream out) {
        out.println(operation.description());
        out.println("usage: " + arguments.usage() + " [--json]");
        operation
                .arguments()
                .forEach(argument -> out.println("    " + argument.name() + ": " + argument.description()));
    }
}
