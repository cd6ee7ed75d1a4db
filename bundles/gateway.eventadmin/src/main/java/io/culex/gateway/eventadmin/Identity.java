// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.eventadmin;

import io.culex.api.auth.PluginProperties;
import io.culex.api.config.Generation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which gateway it is, and which configuration made it.
 *
 * @param name that it is known by, also to the broker: its session is called so
 * @param generation for which it was made; null: by hand
 * @param origin which run made it; empty: by hand
 */
record Identity(String name, @Nullable Long generation, String origin) {
    private static final String PID = EventGateway.PID;
    private static final String ALONE = "eventadmin";

    /** Out of the properties of the component. */
    static Identity of(Map<String, ?> properties) {
        return new Identity(
                properties.get(PluginProperties.NAME) instanceof String given && !given.isBlank()
                        ? given
                        : instance(String.valueOf(properties.get("service.pid"))),
                properties.get(PluginProperties.GENERATION) instanceof Long number ? number : null,
                properties.get(PluginProperties.ORIGIN) instanceof String mark ? mark : "");
    }

    /** Two files are two gateways, though nobody has named them: what tells them apart stands behind the PID of the factory. */
    private static String instance(String pid) {
        return pid.startsWith(PID) && pid.length() > PID.length() + 1 ? pid.substring(PID.length() + 1) : ALONE;
    }

    /** Whether the generation wants it to work. */
    boolean isMeantBy(Generation now) {
        return now.means(name, generation, origin);
    }
}
