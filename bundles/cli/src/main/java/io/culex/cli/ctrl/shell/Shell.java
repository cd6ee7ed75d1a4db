// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.shell;

import com.google.gson.JsonObject;
import io.culex.cli.ctrl.command.AnswerPrinter;
import io.culex.cli.ctrl.command.Command;
import io.culex.cli.ctrl.command.Commands;
import io.culex.cli.ctrl.command.Module;
import io.culex.cli.ctrl.net.ControlTopics;
import io.culex.cli.ctrl.option.Encryption;
import io.culex.cli.ctrl.option.Options;
import io.culex.cli.ctrl.option.Options.Login;
import io.culex.cli.ctrl.option.OptionsReader;
import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import io.culex.cli.ctrl.outcome.VisibleText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads commands and carries them out until {@code exit}. Three states: not connected, connected, and inside a module, whose
 * commands are then understood without its name.
 */
public final class Shell {
    private final Console console;
    private final OptionsReader reader;
    private final List<String> arguments;
    private final AnswerPrinter printer;
    private final Options start;
    private @Nullable Login said;
    private @Nullable Typed typed;
    private @Nullable Connection connection;
    private @Nullable Module module;
    private ExitStatus worst = ExitStatus.DONE;

    private record Connection(ControlTopics broker, String name) {}

    /** A password that one broker was shown. */
    private record Typed(String broker, Login login) {
        boolean isFor(String name, Login other) {
            return broker.equals(name) && Objects.equals(login.username(), other.username());
        }
    }

    /**
     * A shell.
     *
     * @param arguments of the command line, which hold for every connection
     * @param start what they say
     */
    public Shell(Console console, OptionsReader reader, List<String> arguments, Options start) {
        this.console = console;
        this.reader = reader;
        this.arguments = List.copyOf(arguments);
        this.start = start;
        this.printer = new AnswerPrinter(start.output(), console.out(), console.err());
    }

    /** Runs until the end; blocks. Returns the first failure when commands came from a file or a pipe. */
    public ExitStatus run() {
        if (start.server().named()) {
            attempt(List.of("connect"));
        }
        boolean more = true;
        while (more) {
            console.completeBy(vocabulary());
            List<String> words = console.words(prompt());
            more = words != null && (words.isEmpty() || attempt(words));
        }
        disconnect();
        return console.isPerson() ? ExitStatus.DONE : worst;
    }

    private String prompt() {
        if (connection == null) {
            return "> ";
        }
        return connection.name() + (module == null ? "" : "|" + module.word()) + "> ";
    }

    private Vocabulary vocabulary() {
        if (connection == null) {
            return new Vocabulary(List.of("auth", "connect", "help", "exit"), null, false, kind -> List.of());
        }
        List<String> own = module == null
                ? List.of("disconnect", "help", "exit")
                : List.of("return", "disconnect", "help", "exit");
        return new Vocabulary(own, module, true, new BrokerNames(connection.broker()));
    }

    /** Carries out one line; false: it was the last. */
    private boolean attempt(List<String> words) {
        try {
            return carryOut(words);
        } catch (FailedException e) {
            if (!start.output().quiet() || e.status() == ExitStatus.USAGE) {
                console.err().println(VisibleText.of(e.text()));
            }
            if (e.status() == ExitStatus.LOST || e.status() == ExitStatus.PROTOCOL) {
                disconnect();
            }
            worst = worst == ExitStatus.DONE ? e.status() : worst;
            return true;
        }
    }

    private boolean carryOut(List<String> words) throws FailedException {
        String first = words.get(0).toLowerCase(Locale.ROOT);
        List<String> rest = words.subList(1, words.size());
        if (first.equals("exit") || first.equals("quit")) {
            return false;
        }
        if (first.equals("help")) {
            console.out().print(HelpText.of(vocabulary().next(List.of()), rest));
        } else if (connection == null) {
            unconnected(first, rest);
        } else if (first.equals("disconnect")) {
            disconnect();
        } else if (first.equals("return") && module != null) {
            module = null;
        } else {
            connected(connection, words);
        }
        return true;
    }

    private void unconnected(String first, List<String> rest) throws FailedException {
        switch (first) {
            case "auth" -> authenticate(rest);
            case "connect" -> connect(rest.isEmpty() ? null : rest.get(0));
            default ->
                throw isForBrokers(first)
                        ? new FailedException(ExitStatus.NO_COMMAND, "Error: Not connected.")
                        : unknown(first);
        }
    }

    private static boolean isForBrokers(String word) {
        return Module.of(word).isPresent()
                || Arrays.stream(Module.values())
                        .anyMatch(module -> Commands.find(module, word).isPresent());
    }

    private void connected(Connection with, List<String> words) throws FailedException {
        Module named = Module.of(words.get(0)).orElse(null);
        if (named == null && module == null) {
            throw unknown(words.get(0));
        }
        if (named != null && words.size() == 1) {
            module = named;
            return;
        }
        Module of = named == null ? module : named;
        List<String> command = named == null ? words : words.subList(1, words.size());
        if (of != null) {
            command(with, of, command);
        }
    }

    private void command(Connection with, Module of, List<String> words) throws FailedException {
        Command command = Commands.find(of, words.get(0)).orElseThrow(() -> unknown(words.get(0)));
        JsonObject request = command.forBroker(command.request(words.subList(1, words.size()), console));
        printer.show(command, with.broker().answer(of, request));
    }

    private FailedException unknown(String word) {
        return new FailedException(ExitStatus.NO_COMMAND, console.unknown(word));
    }

    private void authenticate(List<String> rest) throws FailedException {
        String username = rest.isEmpty() ? name() : rest.get(0);
        if (username.isEmpty()) {
            throw new FailedException(ExitStatus.USAGE, "Error: Empty username.");
        }
        said = new Login(start.login().clientId(), username, password(username));
    }

    private String name() {
        List<String> typed = console.words("username: ");
        return typed == null || typed.isEmpty() ? "" : typed.get(0);
    }

    private String password(String username) throws FailedException {
        String typed = console.secret("Password for " + username + ": ");
        if (typed == null) {
            throw new FailedException(ExitStatus.USAGE, "Error: No password.");
        }
        return typed;
    }

    private void connect(@Nullable String url) throws FailedException {
        Options options = reader.connect(arguments, url, said);
        String name = nameOf(options);
        Login login = options.login();
        if (login.lacksPassword()) {
            login = typed != null && typed.isFor(name, login)
                    ? typed.login()
                    : login.withPassword(password(String.valueOf(login.username())));
        }
        if (options.isOpen() && !options.output().quiet()) {
            console.err().println("Warning: This connection is not encrypted.");
        }
        Consumer<String> debug =
                options.output().debug() ? line -> console.err().println(VisibleText.of(line)) : line -> {};
        connection = new Connection(ControlTopics.open(options.withLogin(login), console, debug), name);
        typed = options.login().lacksPassword() ? new Typed(name, login) : typed;
    }

    private static String nameOf(Options options) {
        if (options.server().unix() != null) {
            return "unix:" + options.server().unix();
        }
        boolean open = options.encryption() instanceof Encryption.None;
        String scheme = options.server().webSocket() == null ? "mqtt" : "ws";
        return scheme + (open ? "" : "s") + "://" + options.server().describe();
    }

    private void disconnect() {
        if (connection != null) {
            connection.broker().close();
        }
        connection = null;
        module = null;
    }
}
