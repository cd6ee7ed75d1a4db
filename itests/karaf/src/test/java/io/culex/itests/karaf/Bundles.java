// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The bundles of the container that the test runs in.
 *
 * @param context the test's own
 */
record Bundles(BundleContext context) {
    /** The one of a symbolic name; of several the newest. */
    Bundle named(String name) {
        return Stream.of(context.getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> new AssertionError("no bundle " + name));
    }

    /** Updates, restarts or refreshes a bundle, in turns. */
    void exchange(String name, int turn) throws BundleException, InterruptedException {
        Bundle bundle = named(name);
        switch (turn % 3) {
            case 0 -> bundle.update();
            case 1 -> {
                bundle.stop();
                bundle.start();
            }
            default -> refresh(bundle);
        }
    }

    /** Wires a bundle anew, and waits until that is done. */
    void refresh(Bundle bundle) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
            }
        });
        assertTrue(refreshed.await(30, TimeUnit.SECONDS));
    }
}
