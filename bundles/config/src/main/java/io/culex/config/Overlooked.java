// SPDX-License-Identifier: Apache-2.0
package io.culex.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * Bundles of the broker that were to be started and were not: a framework that is busy with another one in that moment gives a bundle
 * up and goes on, and the broker would wait for it for ever.
 */
final class Overlooked {
    private final BundleContext context;

    Overlooked(BundleContext context) {
        this.context = context;
    }

    /** Starts them now; says what came of it, for each. Blocks until they have started. */
    List<String> start() {
        List<String> lines = new ArrayList<>();
        int level = context.getBundle(0).adapt(FrameworkStartLevel.class).getStartLevel();
        for (Bundle bundle : Arrays.asList(context.getBundles())) {
            if (Obstacles.isOurs(bundle) && Obstacles.isStopped(bundle) && isDue(bundle, level)) {
                lines.add("bundle " + bundle.getSymbolicName() + again(bundle));
            }
        }
        return lines;
    }

    private static boolean isDue(Bundle bundle, int level) {
        BundleStartLevel own = bundle.adapt(BundleStartLevel.class);
        return own.isPersistentlyStarted() && own.getStartLevel() <= level;
    }

    private static String again(Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
            return " had been given up and was started again";
        } catch (BundleException | IllegalStateException e) {
            return " does not start: " + e.getMessage();
        }
    }
}
