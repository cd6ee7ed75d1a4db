// SPDX-License-Identifier: Apache-2.0
package io.culex.launch;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * Starts again what the framework could not start when it reached its start level, and says what does not start then either.
 * The framework gives a bundle up when another thread holds what it needs at that moment, and does not come back to it by
 * itself; the broker would wait for that bundle for ever.
 */
final class SecondStart implements FrameworkListener {
    /** Without one of these nobody is served; all others stand for something that can be done without. */
    private static final Set<String> NEEDED = Set.of(
            "io.culex.api", "io.culex.codec", "io.culex.config", "io.culex.core", "io.culex.log", "io.culex.transport");

    private final Bundle framework;
    private final BundleContext context;
    private final int startLevel;
    private final Consumer<String> log;
    private final Runnable giveUp;

    private SecondStart(
            Bundle framework, BundleContext context, int startLevel, Consumer<String> log, Runnable giveUp) {
        this.framework = framework;
        this.context = context;
        this.startLevel = startLevel;
        this.log = log;
        this.giveUp = giveUp;
    }

    /**
     * Looks when the framework has reached the start level at which everything is there, or now when it has. Does not block.
     *
     * @param framework started
     * @param log takes what there is to say, on a thread of its own
     * @param giveUp ends the broker, on that thread: what it cannot do without does not start
     */
    static void watch(Bundle framework, int startLevel, Consumer<String> log, Runnable giveUp) {
        @Nullable BundleContext context = framework.getBundleContext();
        if (context == null) {
            // It has stopped already: a start that failed.
            return;
        }
        try {
            SecondStart watch = new SecondStart(framework, context, startLevel, log, giveUp);
            context.addFrameworkListener(watch);
            watch.look();
        } catch (IllegalStateException stopped) {
            if (framework.getState() == Bundle.ACTIVE) {
                throw stopped;
            }
        }
    }

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED) {
            look();
        }
    }

    /** Bundles are started on another thread: the framework delivers its events on this one. */
    private void look() {
        if (framework.adapt(FrameworkStartLevel.class).getStartLevel() >= startLevel && !left().isEmpty()) {
            Thread thread = new Thread(this::start, "culex-second-start");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Bundles that should have been started by now and were not. */
    private List<Bundle> left() {
        return Arrays.stream(context.getBundles()).filter(this::isLeft).toList();
    }

    private boolean isLeft(Bundle bundle) {
        BundleStartLevel own = bundle.adapt(BundleStartLevel.class);
        return (bundle.getState() == Bundle.INSTALLED || bundle.getState() == Bundle.RESOLVED)
                && own.isPersistentlyStarted()
                && own.getStartLevel() <= startLevel;
    }

    private synchronized void start() {
        boolean lost = false;
        for (Bundle bundle : left()) {
            try {
                bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
                log.accept("Notice: The bundle " + bundle.getSymbolicName() + " was started again.");
            } catch (BundleException | IllegalStateException e) {
                if (framework.getState() == Bundle.ACTIVE) {
                    log.accept("Error: The bundle " + bundle.getSymbolicName() + " does not start: " + e.getMessage());
                    lost |= NEEDED.contains(bundle.getSymbolicName());
                }
            }
        }
        if (lost) {
            giveUp.run();
        }
    }
}
