// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.command;

import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import java.util.List;

/** The arguments of a command, taken from the left. */
final class Words {
    private final Command command;
    private final List<String> words;
    private int at;

    Words(Command command, List<String> words) {
        this.command = command;
        this.words = words;
    }

    /** Whether there is another. */
    boolean more() {
        return at < words.size();
    }

    /** The next, which must be there. */
    String next(String what) throws FailedException {
        if (!more()) {
            throw wrong(what + " is missing");
        }
        return words.get(at++);
    }

    /** The next as a number. */
    int number(String what) throws FailedException {
        String word = next(what);
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw wrong(what + " is no number: '" + word + "'");
        }
    }

    /** Whether the next one looks like a number. */
    boolean isNumber() {
        return more() && words.get(at).matches("-?\\d+");
    }

    /** The next: allow or deny. */
    boolean allow() throws FailedException {
        String word = next("allow or deny");
        if (word.equalsIgnoreCase("allow") || word.equalsIgnoreCase("deny")) {
            return word.equalsIgnoreCase("allow");
        }
        throw wrong("access must be \"allow\" or \"deny\", not '" + word + "'");
    }

    /** The next: one of these, whatever the case of its letters; given back as it is spelt there. */
    String oneOf(String what, List<String> known) throws FailedException {
        String word = next(what);
        for (String each : known) {
            if (each.equalsIgnoreCase(word)) {
                return each;
            }
        }
        throw wrong("unknown " + what + " '" + word + "' (" + String.join(", ", known) + ")");
    }

    /** Refuses what is left. */
    void end() throws FailedException {
        if (more()) {
            throw wrong("unexpected argument '" + words.get(at) + "'");
        }
    }

    /** The arguments are wrong; the message shows what they should be. */
    FailedException wrong(String problem) {
        return new FailedException(
                ExitStatus.USAGE,
                "Error: " + command.name() + ": " + problem + ".\nUsage: " + command.name() + " "
                        + command.arguments());
    }
}
