// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.command;

import com.google.gson.JsonObject;
import io.culex.cli.ctrl.option.Options;
import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import io.culex.cli.ctrl.outcome.VisibleText;
import java.io.PrintStream;
import java.util.function.Consumer;

/** Shows answers: data on standard output, what is said about them on standard error. */
public final class AnswerPrinter {
    private final Options.Output options;
    private final PrintStream out;
    private final PrintStream err;

    /** Shows them as these options say. */
    public AnswerPrinter(Options.Output options, PrintStream out, PrintStream err) {
        this.options = options;
        this.out = out;
        this.err = err;
    }

    /** Where warnings go. */
    public Consumer<String> warnings() {
        return options.quiet() ? line -> {} : err::println;
    }

    /**
     * Shows an answer.
     *
     * @throws FailedException with the error that the answer is
     */
    public ExitStatus show(Command command, JsonObject answer) throws FailedException {
        if (options.json()) {
            JsonObject shown = answer.deepCopy();
            shown.remove("correlationData");
            out.println(shown);
        }
        if (answer.has("error")) {
            String text = AnswerText.text(answer, "error");
            throw new FailedException(
                    ExitStatus.REFUSED_COMMAND, command.name() + ": Error: " + text + (text.endsWith(".") ? "" : "."));
        }
        if (!options.json()) {
            AnswerText.of(command.name(), answer).forEach(line -> out.println(VisibleText.of(line)));
        }
        if (options.verbose()) {
            err.println(command.name() + ": Success");
        }
        return ExitStatus.DONE;
    }
}
