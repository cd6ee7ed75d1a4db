// SPDX-License-Identifier: Apache-2.0
package io.culex.config.provision;

import io.culex.api.auth.PluginProperties;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.GenerationRefusedException.Kind;
import io.culex.api.log.LogType;
import io.culex.config.file.Place;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
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
 * constructor: when that throws, the message is the reason, in the component's own words. On the admin thread only.
 */
public final class Readiness {
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** A part of the time waited already: what takes long is asked for less often, and known hardly later. */
    private static final int PART = 50;

    private final BundleContext context;
    private final ServiceComponentRuntime components;
    private final Duration bound;
    private final BiConsumer<LogType, String> log;

    /**
     * For one framework.
     *
     * @param bound how long it waits for one that keeps nothing, and after which it says what it still waits for
     */
    public Readiness(
            BundleContext context,
            ServiceComponentRuntime components,
            Duration bound,
            BiConsumer<LogType, String> log) {
        this.context = context;
        this.components = components;
        this.bound = bound;
        this.log = log;
    }

    /**
     * Waits for all of them; blocks. Bounded, but for one that keeps data while its constructor runs: that reads all there is,
     * and to give up would only have the next start begin anew.
     */
    void await(Collection<Made> all) throws GenerationRefusedException {
        long begin = System.nanoTime();
        long end = begin + bound.toNanos();
        for (Made made : all) {
            FirstUse use = new FirstUse(context, LONGEST_NANOS);
            String waitsFor = look(made, use);
            while (waitsFor != null) {
                long now = System.nanoTime();
                if (Thread.currentThread().isInterrupted() || (now - end > 0 && !isReadingItsData(made))) {
                    throw refused(
                            Kind.SYSTEM, made, "Error: " + made.provision().name() + " is not there: " + waitsFor);
                }
                if (now - end > 0) {
                    remind(made, waitsFor, now - begin);
                    end = now + bound.toNanos();
                }
                LockSupport.parkNanos(Math.min(LONGEST_NANOS, Math.max(SHORTEST_NANOS, (now - begin) / PART)));
                waitsFor = look(made, use);
            }
        }
    }

    /** Whether a component that was there has failed since, as it may when its bundle is exchanged: nobody tries it again. */
    boolean hasFailed(Made made) {
        return configurations(made, takers(made)).stream()
                .anyMatch(component -> component.state == ComponentConfigurationDTO.FAILED_ACTIVATION);
    }

    private void remind(Made made, String waitsFor, long nanos) {
        log.accept(
                LogType.WARNING,
                "Warning: waiting for " + made.provision().name() + " for " + TimeUnit.NANOSECONDS.toSeconds(nanos)
                        + " s: " + waitsFor);
    }

    /** Or has just come to the end of it, well or not: then the next look finds that. */
    private boolean isReadingItsData(Made made) {
        return made.provision().fixed()
                && configurations(made, takers(made)).stream()
                        .anyMatch(component -> component.state != ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION
                                && component.state != ComponentConfigurationDTO.UNSATISFIED_REFERENCE);
    }

    /** What the component still waits for; null when it is ready. */
    private @Nullable String look(Made made, FirstUse use) throws GenerationRefusedException {
        String waitsFor =
                "no component takes configurations of " + made.provision().pid() + ".";
        String name = made.provision().name();
        boolean active = false;
        boolean beingMade = false;
        List<ComponentDescriptionDTO> takers = takers(made);
        List<ComponentConfigurationDTO> there = configurations(made, takers);
        for (ComponentConfigurationDTO component : there) {
            if (component.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
                throw refused(Kind.CONFIGURATION, made, FailureReason.of(component.failure));
            }
            active |= component.state == ComponentConfigurationDTO.ACTIVE;
            beingMade |= isBeingMade(component);
            waitsFor = missing(component);
            name = component.description.name;
        }
        if (beingMade) {
            return waitsFor;
        }
        String late = made.provision().fixed() ? null : late(takers, there);
        if (late != null) {
            return late + " is not there yet.";
        }
        ServiceReference<?>[] offered = offered(made);
        if (offered.length > 0) {
            switch (use.of(offered)) {
                case SERVES -> {
                    return null;
                }
                case RUNS -> waitsFor = "the constructor of " + name + " has not come to its end.";
                case FAILS -> {
                    // The next look finds why.
                }
            }
        }
        if (active) {
            return made.provision().service() == null ? null : made.provision().service() + " is not offered.";
        }
        return waitsFor;
    }

    /**
     * The component runtime makes it by itself. Getting its service meanwhile would run its constructor on this thread, which
     * has to go on looking, and those who are about to be given it would wait for the lock in vain.
     */
    private static boolean isBeingMade(ComponentConfigurationDTO component) {
        return component.description.immediate && component.state == ComponentConfigurationDTO.SATISFIED;
    }

    /** One that the runtime has not come to: it makes the components of a bundle one after the other. Null when there is none. */
    private @Nullable String late(List<ComponentDescriptionDTO> takers, List<ComponentConfigurationDTO> there) {
        Set<Long> bundles =
                there.stream().map(component -> component.description.bundle.id).collect(Collectors.toSet());
        Set<String> settled = there.stream()
                .filter(Readiness::isSettled)
                .map(component -> component.description.bundle.id + " " + component.description.name)
                .collect(Collectors.toSet());
        return takers.stream()
                .filter(taker -> bundles.contains(taker.bundle.id)
                        && !settled.contains(taker.bundle.id + " " + taker.name)
                        && components.isComponentEnabled(taker))
                .map(taker -> taker.name)
                .findFirst()
                .orElse(null);
    }

    /** Its service is there, or it waits for something that is not. */
    private static boolean isSettled(ComponentConfigurationDTO component) {
        if (component.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
            return component.unsatisfiedReferences != null && component.unsatisfiedReferences.length > 0;
        }
        boolean offers = component.description.serviceInterfaces.length > 0;
        return component.state == ComponentConfigurationDTO.ACTIVE
                || (component.state == ComponentConfigurationDTO.SATISFIED && (!offers || component.service != null));
    }

    private List<ComponentDescriptionDTO> takers(Made made) {
        return components.getComponentDescriptionDTOs().stream()
                .filter(component -> takes(component, made.provision().pid()))
                .toList();
    }

    private List<ComponentConfigurationDTO> configurations(Made made, List<ComponentDescriptionDTO> takers) {
        return takers.stream()
                .flatMap(component -> components.getComponentConfigurationDTOs(component).stream())
                .filter(component -> isOf(made, component.properties))
                .toList();
    }

    private static boolean takes(ComponentDescriptionDTO component, String pid) {
        return !"ignore".equals(component.configurationPolicy)
                && component.configurationPid != null
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
            return component.description.name + " is not active yet.";
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

    private ServiceReference<?>[] offered(Made made) {
        String filter =
                "(&(" + PluginProperties.NAME + "=" + escape(made.provision().name()) + ")("
                        + PluginProperties.GENERATION + "=" + made.generation() + ")(" + PluginProperties.ORIGIN + "="
                        + escape(made.origin()) + "))";
        try {
            ServiceReference<?>[] found =
                    context.getAllServiceReferences(made.provision().service(), filter);
            return found == null ? new ServiceReference<?>[0] : found;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("not a filter: " + filter, e);
        }
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
