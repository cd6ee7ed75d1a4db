// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.complete;

import java.util.Arrays;
import java.util.List;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** The features of Culex that can be installed. */
@Service
public final class CulexFeatures implements Completer {
    @Reference(optional = true)
    private @Nullable FeaturesService features;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(names()).complete(session, line, candidates);
    }

    private List<String> names() {
        FeaturesService service = features;
        try {
            return service == null
                    ? List.of()
                    : Arrays.stream(service.listFeatures())
                            .map(Feature::getName)
                            .filter(name -> name.startsWith("culex-"))
                            .toList();
        } catch (Exception e) {
            // Whoever lists features may throw anything; then there is nothing to offer.
            return List.of();
        }
    }
}
