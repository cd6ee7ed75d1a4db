// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.operation;

import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Offers the command's name, and behind it the names of its arguments. */
record OperationCompleter(String command, List<String> names) implements Completer {
    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        if (line.getCursorArgumentIndex() == 0) {
            return new StringsCompleter(List.of(command)).complete(session, line, candidates);
        }
        return command.equals(line.getArguments()[0]) ? name(session, line, candidates) : -1;
    }

    /** The value stands directly behind a name: what is offered does not end the word. */
    private int name(Session session, CommandLine line, List<String> candidates) {
        List<String> words = new ArrayList<>();
        int position = new StringsCompleter(names).complete(session, line, words);
        words.forEach(word -> candidates.add(word.stripTrailing()));
        return position;
    }
}
