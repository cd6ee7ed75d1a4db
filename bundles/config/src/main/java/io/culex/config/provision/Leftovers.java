// SPDX-License-Identifier: Apache-2.0
package io.culex.config.provision;

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
 * the bundle stops; when that starts again, it removes them itself. Where another run has begun meanwhile, what there is belongs to
 * that. On the thread that uninstalls.
 */
public final class Leftovers implements SynchronousBundleListener {
    private final Bundle owner;
    private final BundleContext framework;
    private final String runId;
    private final BiConsumer<LogType, String> log;

    private Leftovers(Bundle owner, BundleContext framework, String runId, BiConsumer<LogType, String> log) {
        this.owner = owner;
        this.framework = framework;
        this.runId = runId;
        this.log = log;
    }

    /** Waits for what becomes of the bundle whose context that is, if it stops; a component alone may end and begin at any time. */
    public static void await(BundleContext context, String runId, BiConsumer<LogType, String> log) {
        Bundle owner = context.getBundle();
        if (owner.getState() == Bundle.STOPPING) {
            BundleContext framework =
                    context.getBundle(Constants.SYSTEM_BUNDLE_ID).getBundleContext();
            framework.addBundleListener(new Leftovers(owner, framework, runId, log));
        }
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
            case BundleEvent.STARTING -> framework.removeBundleListener(this);
            default -> {
                // It is on its way to one of these.
            }
        }
    }

    private void remove() {
        ServiceReference<ConfigurationAdmin> admin = framework.getServiceReference(ConfigurationAdmin.class);
        if (admin == null) {
            return;
        }
        try {
            boolean isOver = true;
            Configuration[] found =
                    framework.getService(admin).listConfigurations("(" + PluginProperties.ORIGIN + "=*)");
            for (Configuration configuration : found == null ? new Configuration[0] : found) {
                Object origin = configuration.getProperties().get(PluginProperties.ORIGIN);
                if (Generation.origin(runId).equals(origin)) {
                    configuration.delete();
                } else if (origin instanceof String mark && Generation.isOrigin(mark)) {
                    isOver = false;
                }
            }
            if (isOver) {
                new JarBundles(framework, log).keepOnly(Set.of());
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
