// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl;

import io.culex.cli.ctrl.option.Options;
import io.culex.cli.ctrl.option.OptionsReader;
import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import io.culex.cli.ctrl.shell.Console;
import io.culex.cli.ctrl.shell.InputLines;
import io.culex.cli.ctrl.shell.LineEditor;
import io.culex.cli.ctrl.shell.Shell;
import io.culex.cli.owner.NewOwner;
import io.culex.cli.terminal.Terminal;
import io.netty.buffer.Unpooled;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code culex_ctrl}: administers a running broker, or a file of dynamic security (SPEC D.6). */
public final class Ctrl {
    private static final char UNREADABLE = '\ufffd';

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final Map<String, String> environment;

    Ctrl(InputStream in, PrintStream out, PrintStream err, boolean terminal, Map<String, String> environment) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.environment = environment;
    }

    /** Runs the command in a process of its own. */
    public static void main(String[] arguments) {
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        warmUp();
        boolean terminal = Boolean.getBoolean(Terminal.PROPERTY);
        ExitStatus status = new Ctrl(System.in, out, err, terminal, System.getenv()).run(arguments);
        out.flush();
        err.flush();
        System.exit(status.code());
    }

    /** Loads what every connection needs while the command line is read: on two processors that saves a fifth of the time. */
    private static void warmUp() {
        Thread thread = new Thread(() -> Unpooled.buffer().release(), "warm up");
        thread.setDaemon(true);
        thread.start();
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    /** Runs the command; returns how it ended. */
    ExitStatus run(String... arguments) {
        List<String> given = List.of(arguments);
        OptionsReader reader = new OptionsReader(environment);
        OptionsReader.Read read;
        try {
            read = reader.read(given);
            checkText(given, read.words());
        } catch (FailedException e) {
            err.println(e.text());
            err.println("Use 'culex_ctrl --help' to see usage.");
            return e.status();
        }
        Asking person = new Asking(new Terminal(in, err, terminal), err);
        return switch (read.wish()) {
            case HELP -> show(Usage.general());
            case VERSION -> show(Usage.version());
            case RUN ->
                read.words().isEmpty()
                        ? shell(reader, given, read.options())
                        : new OneCommand(read.options(), NewOwner.in(environment), person, out, err).run(read.words());
        };
    }

    /** What Java has put in place of bytes that it cannot read would be kept, and never come from a client. */
    private static void checkText(List<String> given, List<String> words) throws FailedException {
        // What is there under such a name can still be taken away.
        int checked = takesAway(words) ? given.size() - words.size() : given.size();
        for (int i = 0; i < checked; i++) {
            if (given.get(i).indexOf(UNREADABLE) >= 0) {
                throw new FailedException(ExitStatus.OPTIONS, "Error: Argument " + (i + 1) + " is not valid UTF-8.");
            }
        }
    }

    private static boolean takesAway(List<String> words) {
        String command = words.size() < 2 ? "" : words.get(1).toLowerCase(Locale.ROOT);
        return command.startsWith("delete") || command.startsWith("remove");
    }

    private ExitStatus shell(OptionsReader reader, List<String> given, Options options) {
        if (options.dataFile() != null) {
            err.println("Error: -f is for single commands: culex_ctrl -f file dynsec <command>.");
            return ExitStatus.USAGE;
        }
        Console console = terminal ? new LineEditor(out, err) : new InputLines(in, out, err);
        try (console) {
            return new Shell(console, reader, given, options).run();
        }
    }

    private ExitStatus show(String text) {
        out.print(text);
        return ExitStatus.DONE;
    }
}
