// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.shell.print.Listing;
import io.culex.shell.print.Selection;
import org.apache.karaf.shell.api.action.Option;
import org.jspecify.annotations.Nullable;

/** A command that shows rows: which of them, in which order, and in which form is the same everywhere. */
public abstract class ListCommand extends ConsoleCommand {
    private static final int PAGE = 100;

    @Option(name = "--json", description = "As JSON")
    private boolean json;

    @Option(name = "--plain", description = "Cells separated by tabs, without names")
    private boolean plain;

    @Option(name = "--filter", description = "Rows with this text in a cell; with * or ?, cells of that form")
    private @Nullable String filter;

    @Option(name = "--sort", description = "The column to sort by")
    private @Nullable String sort;

    @Option(name = "--reverse", description = "The other way round")
    private boolean reverse;

    @Option(name = "--offset", description = "How many rows to leave out first")
    private int offset;

    @Option(name = "--limit", description = "How many rows; 0: all; a table has 100 unless told otherwise")
    private @Nullable Integer limit;

    ListCommand() {}

    /** All rows. */
    abstract Listing listing() throws Exception;

    @Override
    public final @Nullable Object execute() throws Exception {
        Counts.check("--offset", offset);
        Counts.check("--limit", limit == null ? 0 : limit);
        Listing all = listing().select(new Selection(filter, sort, reverse, 0, -1));
        int wanted = limit != null ? limit : json || plain ? 0 : PAGE;
        int shown = wanted > 0 ? wanted : -1;
        Listing page = all.select(new Selection(null, null, false, offset, shown));
        if (json) {
            page.printJson(out());
        } else if (plain) {
            page.printPlain(out());
        } else {
            page.printTable(out());
            int next = offset + page.size();
            if (next < all.size()) {
                out().println((all.size() - next) + " more: --offset " + next + ", or --limit 0 for all.");
            }
        }
        return null;
    }
}
