// SPDX-License-Identifier: Apache-2.0
package io.culex.config;

import io.culex.api.auth.PluginProperties;
import io.culex.api.config.Generation;
import io.culex.api.log.LogType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Removes what the broker has configured and installed when its bundle is uninstalled: options of plugins may be secrets, and nobody
 * else knows whose they are. A bundle cannot see its own end, so this one listens in the name of the framework from the moment
 * the bundle stops; when that starts again, or was updated, it removes them itself. On the thread that uninstalls.
 */
final class Leftovers implements SynchronousBundleListener {
    private final Bundle owner;
    private final BundleContext framework;
    private final BiConsumer<LogType, String> log;

    private Leftovers(Bundle owner, BundleContext framework, BiConsumer<LogType, String> log) {
        this.owner = owner;
        this.framework = framework;
        this.log = log;
    }

    /** Waits for what becomes of the bundle whose context that is, and that is about to stop. */
    static void await(BundleContext stopping, BiConsumer<LogType, String> log) {
        BundleContext framework = stopping.getBundle(Constants.SYSTEM_BUNDLE_ID).getBundleContext();
        framework.addBundleListener(new Leftovers(stopping.getBundle(), framework, log));
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (!event.getBundle().equals(owner)) {
            return;
        }
        switch (event.getType()) {
            case BundleEvent.UNINSTALLED -> {
                framework.removeBundleListener(this);
                remove();
            }
            case BundleEvent.STARTING, BundleEvent.UPDATED -> framework.removeBundleListener(this);
            default -> {
                // It is on its way to one of these.
            }
        }
    }

    private void remove() {
        new JarBundles(framework, log).keepOnly(Set.of());
        ServiceReference<ConfigurationAdmin> admin = framework.getServiceReference(ConfigurationAdmin.class);
        if (admin == null) {
            return;
        }
        try {
            Configuration[] found =
                    framework.getService(admin).listConfigurations("(" + PluginProperties.ORIGIN + "=*)");
            for (Configuration configuration : found == null ? new Configuration[0] : found) {
                Object origin = configuration.getProperties().get(PluginProperties.ORIGIN);
                if (origin instanceof String mark && Generation.isOrigin(mark)) {
                    configuration.delete();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The configurations of the broker's plugins cannot be removed", e);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        } finally {
            framework.ungetService(admin);
        }
    }
}
