// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.BrokerAdmin;
import io.culex.api.metrics.MetricsSource;
import io.culex.shell.print.Spans;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** {@code mqtt:top}. */
@Service
@Command(scope = "mqtt", name = "top", description = "Shows what moves per second, again and again until Ctrl-C")
public final class TopCommand extends ConsoleCommand {
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Option(name = "--interval", description = "The time between two looks, such as 2s")
    private String interval = "2s";

    @Option(name = "--count", description = "Ends after so many looks")
    private int count;

    @Reference
    private List<MetricsSource> sources;

    @Reference
    private BrokerAdmin admin;

    @Reference
    private Session console;

    @Override
    public @Nullable Object execute() {
        Counts.check("--count", count);
        long millis = Spans.parse(interval).toMillis();
        boolean clears = console.getTerminal() != null && console.getTerminal().isAnsiSupported() && count != 1;
        Rates before = look();
        try {
            for (int i = 0; (count == 0 || i < count) && !out().checkError(); i++) {
                Thread.sleep(millis);
                Rates now = look();
                out().print(clears ? CLEAR : "");
                new TopFacts(now, before).all().print(out());
                before = now;
            }
        } catch (InterruptedException e) {
            // Ctrl-C: that is how it ends.
            out().println();
        }
        return null;
    }

    private Rates look() {
        return Rates.now(sources, admin.topicsSeen(), System.nanoTime());
    }
}
