// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.complete;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/**
 * Names as words of a command line. Karaf's shell puts what is offered into the line as it is, and clients choose their names: one with
 * a semicolon or {@code $(...)} would be a command that the operator finishes with the tab key and gives without having typed it.
 */
final class Words {
    /** What the shell reads as one word that says just this, wherever it stands. */
    private static final Predicate<String> PLAIN = Pattern.compile(
                    "[\\p{L}\\p{M}\\p{N}_.:,/@+][\\p{L}\\p{M}\\p{N}_.:,/@+-]*")
            .asMatchPredicate();

    private Words() {}

    /** Whether the name may be offered; others are typed, in quotes. */
    static boolean isPlain(String name) {
        return PLAIN.test(name);
    }

    /** Offers those of the names that may be. */
    static int offer(List<String> names, Session session, CommandLine line, List<String> candidates) {
        List<String> plain = names.stream().filter(PLAIN).toList();
        return new StringsCompleter(plain).complete(session, line, candidates);
    }
}
