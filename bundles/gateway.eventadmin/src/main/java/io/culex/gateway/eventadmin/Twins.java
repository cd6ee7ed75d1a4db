// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.eventadmin;

import io.culex.api.auth.PluginProperties;
import io.culex.api.config.GenerationParticipant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Whether a gateway of the same name, made later, is there: while a plugin is swapped two builds of it serve one generation, and both would
 * open the one session. Any thread.
 *
 * @param context to look around
 * @param name of the gateway
 * @param component the number of its component; later ones have greater ones
 */
record Twins(BundleContext context, String name, long component) implements BooleanSupplier {
    private static final String COMPONENT = "component.id";
    private static final String FILTER = "(component.name=" + EventGateway.class.getName() + ")";

    /** Out of the properties of the component. */
    static Twins of(BundleContext context, String name, Map<String, ?> properties) {
        return new Twins(context, name, properties.get(COMPONENT) instanceof Long number ? number : Long.MAX_VALUE);
    }

    @Override
    public boolean getAsBoolean() {
        try {
            return context.getServiceReferences(GenerationParticipant.class, FILTER).stream()
                    .anyMatch(this::isLater);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isLater(ServiceReference<?> other) {
        Map<String, Object> properties = new HashMap<>();
        for (String key : new String[] {PluginProperties.NAME, "service.pid", COMPONENT}) {
            Object value = other.getProperty(key);
            if (value != null) {
                properties.put(key, value);
            }
        }
        return Objects.equals(Identity.of(properties).name(), name)
                && properties.get(COMPONENT) instanceof Long number
                && number > component;
    }
}
