// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.metrics.Distribution;
import io.culex.api.metrics.Family;
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
        for (Family family : Readings.families(sources)) {
            for (Family.Sample sample : family.samples()) {
                String labels = labels(family.metric().labels(), sample.labelValues());
                String name = family.metric().name();
                Distribution distribution = sample.distribution();
                if (distribution == null) {
                    row(listing, family, name, labels, sample.value());
                } else {
                    row(listing, family, name + "_count", labels, distribution.total());
                    row(listing, family, name + "_sum", labels, distribution.sum());
                }
            }
        }
        return listing.select(new Selection(null, "name", false, 0, -1));
    }

    private void row(Listing listing, Family family, String name, String labels, double value) {
        if (help) {
            listing.row(name, labels, value, family.metric().help());
        } else {
            listing.row(name, labels, value);
        }
    }

    private static String labels(List<String> names, List<String> values) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            pairs.add(names.get(i) + "=" + values.get(i));
        }
        return String.join(" ", pairs);
    }
}
