// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.shell;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** A person at a terminal: lines are edited, completed, and remembered until the end. */
public final class LineEditor implements Console {
    private final PrintStream out;
    private final PrintStream err;
    private final Terminal terminal;
    private final LineReader reader;
    private @Nullable Vocabulary vocabulary;

    /** On the terminal that the process was started in. */
    public LineEditor(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
        try {
            // By the program stty: a native library would have to be unpacked first.
            terminal = TerminalBuilder.builder()
                    .system(true)
                    .exec(true)
                    .ffm(false)
                    .jni(false)
                    .jna(false)
                    .jansi(false)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("culex_ctrl")
                .parser(new DefaultParser().escapeChars(null))
                .completer(completer())
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .build();
    }

    private Completer completer() {
        return (line, parsed, candidates) -> complete(parsed, candidates);
    }

    private void complete(ParsedLine parsed, List<Candidate> candidates) {
        if (vocabulary != null) {
            List<String> before = parsed.words().subList(0, parsed.wordIndex());
            vocabulary.next(before).forEach(word -> candidates.add(new Candidate(word)));
        }
    }

    @Override
    public @Nullable List<String> words(String prompt) {
        while (true) {
            try {
                out.flush();
                err.flush();
                return LineWords.of(reader.readLine(prompt));
            } catch (UserInterruptException e) {
                // The line is given up, the shell goes on.
            } catch (EndOfFileException e) {
                return null;
            }
        }
    }

    @Override
    public @Nullable String secret(String prompt) {
        try {
            out.flush();
            err.flush();
            return reader.readLine(prompt, '\0');
        } catch (UserInterruptException | EndOfFileException e) {
            return null;
        }
    }

    @Override
    public PrintStream out() {
        return out;
    }

    @Override
    public PrintStream err() {
        return err;
    }

    @Override
    public boolean isPerson() {
        return true;
    }

    @Override
    public void completeBy(Vocabulary words) {
        vocabulary = words;
    }

    @Override
    public void close() {
        try {
            out.flush();
            err.flush();
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
