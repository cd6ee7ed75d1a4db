// SPDX-License-Identifier: Apache-2.0
package io.culex.config.exchange;

import io.culex.api.admin.Operation.RefusedException;
import io.culex.api.auth.PluginProperties;
import io.culex.config.provision.FailureReason;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Which plugins a bundle serves. Not on an event loop. */
final class PluginServices {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final BundleContext context;
    private final ServiceComponentRuntime components;
    private final Duration bound;

    PluginServices(BundleContext context, ServiceComponentRuntime components, Duration bound) {
        this.context = context;
        this.components = components;
        this.bound = bound;
    }

    /** The bundle that serves the plugin of that name; null when none does. */
    @Nullable
    Bundle bundleOf(String plugin) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> names(bundle).contains(plugin))
                .findFirst()
                .orElse(null);
    }

    /** The names of the plugins that the bundle serves now. */
    Set<String> names(Bundle bundle) {
        Set<String> names = new TreeSet<>();
        ServiceReference<?>[] offered = bundle.getRegisteredServices();
        for (ServiceReference<?> reference : offered == null ? new ServiceReference<?>[0] : offered) {
            if (reference.getProperty(PluginProperties.NAME) instanceof String name && serves(reference)) {
                names.add(name);
            }
        }
        return names;
    }

    /** Getting a delayed service is what runs its constructor. */
    private boolean serves(ServiceReference<?> reference) {
        Object service = context.getService(reference);
        if (service == null) {
            return false;
        }
        context.ungetService(reference);
        return true;
    }

    /**
     * Waits, bounded, until the bundle is up: it serves all of those names, and whatever else it offers, for one component of a
     * plugin says nothing of another one.
     *
     * @throws RefusedException with the reason of the component that fails
     */
    void await(Bundle bundle, Set<String> wanted) throws RefusedException {
        long end = System.nanoTime() + bound.toNanos();
        while (!isUp(bundle) || !names(bundle).containsAll(wanted)) {
            failIfOneFails(bundle);
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                throw new RefusedException(bundle.getSymbolicName() + " does not offer " + offer(wanted) + " in time.");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        // One that fails may have nothing to offer.
        failIfOneFails(bundle);
    }

    private static String offer(Set<String> wanted) {
        return wanted.isEmpty() ? "its services" : String.join(", ", wanted);
    }

    private boolean isUp(Bundle bundle) {
        ServiceReference<?>[] offered = bundle.getRegisteredServices();
        return runs(bundle) && (offered == null || Arrays.stream(offered).allMatch(this::serves));
    }

    /** Whether it is started, if only to be activated when it is needed. */
    static boolean runs(Bundle bundle) {
        return bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING;
    }

    private void failIfOneFails(Bundle bundle) throws RefusedException {
        String failure = failure(bundle);
        if (failure != null) {
            throw new RefusedException(failure);
        }
    }

    private @Nullable String failure(Bundle bundle) {
        for (ComponentDescriptionDTO component : components.getComponentDescriptionDTOs(bundle)) {
            for (ComponentConfigurationDTO made : components.getComponentConfigurationDTOs(component)) {
                if (made.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
                    return FailureReason.of(made.failure);
                }
            }
        }
        return null;
    }
}
