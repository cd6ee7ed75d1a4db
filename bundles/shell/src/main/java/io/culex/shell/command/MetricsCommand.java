// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricsSource;
import io.culex.shell.print.Listing;
import io.culex.shell.print.Selection;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code mqtt:metrics}. */
@Service
@Command(scope = "mqtt", name = "metrics", description = "Lists the metrics of the broker and of its plugins")
public final class MetricsCommand extends ListCommand {
    @Option(name = "--help-texts", description = "Also what each one means")
    private boolean help;

    @Reference
    private List<MetricsSource> sources;

    @Override
    Listing listing() {
        Listing listing =
                help ? new Listing("name", "labels", "value", "help") : new Listing("name", "labels", "value");
        for (MetricsSource source : sources) {
            for (Metric metric : source.metrics()) {
                metric.reader().accept((value, labels) -> {
                    String text = labels(metric.labels(), labels);
                    if (help) {
                        listing.row(metric.name(), text, value, metric.help());
                    } else {
                        listing.row(metric.name(), text, value);
                    }
                });
            }
        }
        return listing.select(new Selection(null, "name", false, 0, -1));
    }

    private static String labels(List<String> names, String... values) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < Math.min(names.size(), values.length); i++) {
            pairs.add(names.get(i) + "=" + values[i]);
        }
        return String.join(" ", pairs);
    }
}
