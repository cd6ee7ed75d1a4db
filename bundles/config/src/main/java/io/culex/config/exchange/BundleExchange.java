// SPDX-License-Identifier: Apache-2.0
package io.culex.config.exchange;

import io.culex.api.admin.Operation.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;

/** Installs, exchanges and removes single bundles, and refreshes nothing but them. Blocks, bounded; not on an event loop. */
final class BundleExchange {
    private static final int REFRESH_SECONDS = 30;

    private final BundleContext context;

    BundleExchange(BundleContext context) {
        this.context = context;
    }

    @Nullable
    FrameworkWiring wiring() {
        return context.getBundle(0).adapt(FrameworkWiring.class);
    }

    /** Installs and starts one; when it does not start, nothing is left of it. */
    Bundle install(String location, PluginSource source, boolean persistently) throws RefusedException {
        try {
            Bundle bundle = context.installBundle(location, source.open());
            try {
                atOwnLevel(bundle);
                bundle.start(persistently ? 0 : Bundle.START_TRANSIENT);
                return bundle;
            } catch (BundleException e) {
                remove(bundle);
                throw e;
            }
        } catch (BundleException e) {
            throw new RefusedException(source.text() + " cannot be started: " + e.getMessage());
        }
    }

    /** The same for one that stands for a moment beside a bundle of the same name and perhaps version. */
    Bundle installTwin(Bundle of, String location, PluginSource source) throws RefusedException {
        CollisionHook beside = (operation, target, candidates) -> candidates.remove(of);
        ServiceRegistration<CollisionHook> hook = context.registerService(CollisionHook.class, beside, null);
        try {
            return install(location, source, false);
        } finally {
            hook.unregister();
        }
    }

    private void atOwnLevel(Bundle bundle) {
        BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
        BundleStartLevel own = context.getBundle().adapt(BundleStartLevel.class);
        if (level != null && own != null && own.getStartLevel() > 0) {
            level.setStartLevel(own.getStartLevel());
        }
    }

    /** Exchanges the contents; null: anew from where the old ones came from. */
    void update(Bundle bundle, @Nullable PluginSource source, @Nullable Bundle twin) throws RefusedException {
        CollisionHook beside = (operation, target, candidates) -> {
            if (twin != null) {
                candidates.remove(twin);
            }
        };
        ServiceRegistration<CollisionHook> hook = context.registerService(CollisionHook.class, beside, null);
        try (InputStream in = source == null ? InputStream.nullInputStream() : source.open()) {
            if (source == null) {
                bundle.update();
            } else {
                bundle.update(in);
            }
            refresh(List.of(bundle));
        } catch (BundleException | IOException e) {
            throw new RefusedException(bundle.getSymbolicName() + " cannot be updated: " + e.getMessage());
        } finally {
            hook.unregister();
        }
    }

    /** Starts it if it does not run: an update starts only what ran before. */
    void start(Bundle bundle) throws RefusedException {
        try {
            if (!PluginServices.runs(bundle)) {
                bundle.start(Bundle.START_TRANSIENT);
            }
        } catch (BundleException e) {
            throw new RefusedException(bundle.getSymbolicName() + " cannot be started: " + e.getMessage());
        }
    }

    void remove(Bundle bundle) throws RefusedException {
        try {
            bundle.uninstall();
            refresh(List.of(bundle));
        } catch (BundleException e) {
            throw new RefusedException(bundle.getSymbolicName() + " cannot be removed: " + e.getMessage());
        }
    }

    private void refresh(Collection<Bundle> bundles) throws RefusedException {
        FrameworkWiring wiring = wiring();
        if (wiring == null) {
            return;
        }
        CountDownLatch done = new CountDownLatch(1);
        wiring.refreshBundles(bundles, event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                done.countDown();
            }
        });
        try {
            if (!done.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
                throw new RefusedException("The framework has not refreshed the bundle in time.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException("Interrupted while the bundle was refreshed.");
        }
    }
}
