// SPDX-License-Identifier: Apache-2.0
package io.culex.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Why parts of the broker are not there: a bundle that is not started, a component that waits or has failed. Any thread. */
final class Obstacles {
    private static final String OURS = "io.culex.";

    private final BundleContext context;
    private final ServiceComponentRuntime components;

    Obstacles(BundleContext context, ServiceComponentRuntime components) {
        this.context = context;
        this.components = components;
    }

    /** One for each; those that only wait for others are among them. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        Bundle[] ours =
                Arrays.stream(context.getBundles()).filter(Obstacles::isOurs).toArray(Bundle[]::new);
        for (Bundle bundle : ours) {
            if (isStopped(bundle)) {
                lines.add("bundle " + bundle.getSymbolicName() + " is not started");
            }
        }
        for (ComponentDescriptionDTO description : components.getComponentDescriptionDTOs(ours)) {
            components.getComponentConfigurationDTOs(description).forEach(component -> tell(component, lines));
        }
        return lines;
    }

    static boolean isOurs(Bundle bundle) {
        return String.valueOf(bundle.getSymbolicName()).startsWith(OURS);
    }

    static boolean isStopped(Bundle bundle) {
        return (bundle.getState() == Bundle.INSTALLED || bundle.getState() == Bundle.RESOLVED)
                && bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null;
    }

    private static void tell(ComponentConfigurationDTO component, List<String> lines) {
        String name = component.description.name;
        switch (component.state) {
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                lines.add(name + " waits for "
                        + Arrays.stream(component.unsatisfiedReferences)
                                .map(reference -> reference.name)
                                .collect(Collectors.joining(", ")));
            case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                lines.add(name + " has failed: "
                        + Objects.toString(component.failure, "")
                                .lines()
                                .findFirst()
                                .orElse(""));
            case ComponentConfigurationDTO.SATISFIED -> {
                if (component.description.immediate) {
                    lines.add(name + " is not active yet");
                }
            }
            default -> {
                // Active, or nobody has configured it.
            }
        }
    }
}
