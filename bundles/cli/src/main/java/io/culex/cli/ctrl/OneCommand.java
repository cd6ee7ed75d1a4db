// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl;

import com.google.gson.JsonObject;
import io.culex.cli.ctrl.command.AnswerPrinter;
import io.culex.cli.ctrl.command.Command;
import io.culex.cli.ctrl.command.Commands;
import io.culex.cli.ctrl.command.Module;
import io.culex.cli.ctrl.file.FileResponder;
import io.culex.cli.ctrl.file.NewFile;
import io.culex.cli.ctrl.net.ControlTopics;
import io.culex.cli.ctrl.option.Options;
import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import io.culex.cli.ctrl.outcome.VisibleText;
import io.culex.cli.owner.NewOwner;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** One command of the command line: from its words to what it prints. */
final class OneCommand {
    private final Options options;
    private final NewOwner owner;
    private final Asking person;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * What it works with.
     *
     * @param owner whose files are that it makes
     */
    OneCommand(Options options, NewOwner owner, Asking person, PrintStream out, PrintStream err) {
        this.options = options;
        this.owner = owner;
        this.person = person;
        this.out = out;
        this.err = err;
    }

    ExitStatus run(List<String> words) {
        try {
            return carryOut(words);
        } catch (FailedException e) {
            if (!options.output().quiet() || e.status() == ExitStatus.USAGE) {
                err.println(VisibleText.of(e.text()));
            }
            return e.status();
        }
    }

    private ExitStatus carryOut(List<String> words) throws FailedException {
        String first = words.get(0);
        Module module = Module.of(first)
                .orElseThrow(() ->
                        new FailedException(ExitStatus.NO_MODULE, "Error: Module '" + first + "' not supported."));
        if (words.size() == 1) {
            throw new FailedException(
                    ExitStatus.USAGE,
                    "Error: No command given. Use 'culex_ctrl " + module.word() + " help' to see all commands.");
        }
        String name = words.get(1);
        List<String> arguments = words.subList(2, words.size());
        if (name.equalsIgnoreCase("help")) {
            out.print(Usage.module(module));
            return ExitStatus.DONE;
        }
        if (module == Module.DYNSEC && name.equalsIgnoreCase("init")) {
            out.print(new NewFile(person, owner).create(arguments));
            return ExitStatus.DONE;
        }
        Command command = Commands.find(module, name)
                .orElseThrow(
                        () -> new FailedException(ExitStatus.NO_COMMAND, "Command '" + name + "' not recognised."));
        return answer(module, command, command.request(arguments, person));
    }

    private ExitStatus answer(Module module, Command command, JsonObject request) throws FailedException {
        AnswerPrinter output = new AnswerPrinter(options.output(), out, err);
        Path file = options.dataFile();
        if (file != null) {
            return output.show(command, new FileResponder(file, output.warnings()).answer(module, request));
        }
        JsonObject asked = command.forBroker(request);
        warnOfPlainText();
        Options.Login login = options.login();
        Options complete = login.lacksPassword()
                ? options.withLogin(login.withPassword(person.password("Password for " + login.username() + ": ")))
                : options;
        Consumer<String> debug = options.output().debug() ? line -> err.println(VisibleText.of(line)) : line -> {};
        try (ControlTopics broker = ControlTopics.open(complete, person, debug)) {
            return output.show(command, broker.answer(module, asked));
        }
    }

    private void warnOfPlainText() {
        if (options.isOpen() && !options.output().quiet()) {
            err.println("Warning: You are running culex_ctrl without encryption.");
            err.println("This means all of the configuration changes you are making are visible on the network,"
                    + " including passwords.");
            err.println();
        }
    }
}
