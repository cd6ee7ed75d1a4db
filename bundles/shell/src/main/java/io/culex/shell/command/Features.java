// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import java.util.EnumSet;
import org.apache.karaf.features.FeaturesService;
import org.jspecify.annotations.Nullable;

/** Features of this repository, installed and removed without a refresh of what is there. */
final class Features {
    private static final String OURS = "culex-";

    private Features() {}

    static boolean isOne(String name) {
        return name.startsWith(OURS) && name.indexOf('/') < 0 && name.indexOf(':') < 0 && !name.endsWith(".jar");
    }

    static void install(@Nullable FeaturesService features, String name) throws Exception {
        present(features).installFeature(name, EnumSet.of(FeaturesService.Option.NoAutoRefreshBundles));
    }

    static void remove(@Nullable FeaturesService features, String name) throws Exception {
        present(features).uninstallFeature(name, EnumSet.of(FeaturesService.Option.NoAutoRefreshBundles));
    }

    private static FeaturesService present(@Nullable FeaturesService features) {
        if (features == null) {
            throw new IllegalStateException("there is no service for features");
        }
        return features;
    }
}
