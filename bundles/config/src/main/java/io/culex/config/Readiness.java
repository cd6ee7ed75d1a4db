// SPDX-License-Identifier: Apache-2.0
package io.culex.config;

import io.culex.api.auth.PluginProperties;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.GenerationRefusedException.Kind;
import io.culex.config.file.Place;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * Waits until the components of configurations are there, or says why one is not. A component checks its settings in its
 * constructor: when that throws, the message is the reason, in the component's own words.
 */
final class Readiness {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final BundleContext context;
    private final ServiceComponentRuntime components;
    private final Duration bound;

    Readiness(BundleContext context, ServiceComponentRuntime components, Duration bound) {
        this.context = context;
        this.components = components;
        this.bound = bound;
    }

    /** Waits for all of them; blocks, bounded. */
    void await(Collection<Made> all) throws GenerationRefusedException {
        long end = System.nanoTime() + bound.toNanos();
        for (Made made : all) {
            String waitsFor = look(made);
            while (waitsFor != null) {
                if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                    throw refused(
                            Kind.SYSTEM, made, "Error: " + made.provision().name() + " is not there: " + waitsFor);
                }
                LockSupport.parkNanos(LOOK_NANOS);
                waitsFor = look(made);
            }
        }
    }

    /** What the component still waits for; null when it is ready. */
    private @Nullable String look(Made made) throws GenerationRefusedException {
        String waitsFor =
                "no component takes configurations of " + made.provision().pid() + ".";
        boolean active = false;
        for (ComponentConfigurationDTO component : componentsOf(made)) {
            if (component.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
                throw refused(Kind.CONFIGURATION, made, FailureReason.of(component.failure));
            }
            active |= component.state == ComponentConfigurationDTO.ACTIVE;
            waitsFor = missing(component);
        }
        if (isOffered(made)) {
            return null;
        }
        if (active) {
            return made.provision().service() == null ? null : made.provision().service() + " is not offered.";
        }
        return waitsFor;
    }

    private List<ComponentConfigurationDTO> componentsOf(Made made) {
        return components.getComponentDescriptionDTOs().stream()
                .filter(component -> takes(component, made.provision().pid()))
                .flatMap(component -> components.getComponentConfigurationDTOs(component).stream())
                .filter(component -> isOf(made, component.properties))
                .toList();
    }

    private static boolean takes(ComponentDescriptionDTO component, String pid) {
        return component.configurationPid != null
                && Arrays.asList(component.configurationPid).contains(pid);
    }

    private static boolean isOf(Made made, @Nullable Map<String, Object> properties) {
        return properties != null
                && made.provision().name().equals(properties.get(PluginProperties.NAME))
                && Long.valueOf(made.generation()).equals(properties.get(PluginProperties.GENERATION))
                && made.origin().equals(properties.get(PluginProperties.ORIGIN));
    }

    private static String missing(ComponentConfigurationDTO component) {
        if (component.unsatisfiedReferences == null || component.unsatisfiedReferences.length == 0) {
            return component.description.name + " does not become active.";
        }
        return component.description.name + " waits for "
                + Arrays.stream(component.unsatisfiedReferences)
                        .map(Readiness::describe)
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private static String describe(UnsatisfiedReferenceDTO reference) {
        return reference.target == null ? reference.name : reference.name + " " + reference.target;
    }

    /** Whether the service is there. Getting it is what makes a delayed component run its constructor. */
    private boolean isOffered(Made made) {
        String filter =
                "(&(" + PluginProperties.NAME + "=" + escape(made.provision().name()) + ")("
                        + PluginProperties.GENERATION + "=" + made.generation() + ")(" + PluginProperties.ORIGIN + "="
                        + escape(made.origin()) + "))";
        try {
            ServiceReference<?>[] found =
                    context.getAllServiceReferences(made.provision().service(), filter);
            return found != null && Arrays.stream(found).allMatch(this::serves);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("not a filter: " + filter, e);
        }
    }

    private boolean serves(ServiceReference<?> reference) {
        Object service = context.getService(reference);
        if (service == null) {
            return false;
        }
        context.ungetService(reference);
        return true;
    }

    /** A value as a filter may name it. */
    static String escape(String value) {
        return value.replaceAll("([\\\\*()])", "\\\\$1");
    }

    private static GenerationRefusedException refused(Kind kind, Made made, String reason) {
        StringBuilder text = new StringBuilder(reason);
        Place place = made.provision().source().place();
        if (place != null) {
            place.errorLines().forEach(line -> text.append('\n').append(line));
        }
        return new GenerationRefusedException(kind, text.toString());
    }
}
