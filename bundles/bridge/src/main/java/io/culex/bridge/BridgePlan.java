// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.api.auth.PluginProperties;
import io.culex.api.config.Generation;
import io.culex.bridge.settings.BridgeSettings;
import io.culex.bridge.settings.SettingsReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/**
 * The settings of one bridge, one component for each {@code connection}. It reads and checks them and does nothing else: what it
 * describes begins when a generation names it. The properties have the names of mosquitto.conf; a configuration made by hand
 * gives {@code connection}, {@code address} and {@code topic} too, of the latter a line, or several.
 */
@Component(
        service = BridgePlan.class,
        configurationPid = "io.culex.bridge",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true)
public final class BridgePlan {
    private final BridgeSettings settings;
    private final List<String> withoutEffect;
    private final @Nullable String plugin;
    private final @Nullable Long generation;
    private final @Nullable String origin;

    /**
     * Reads them. Blocks while a {@code bridge_bind_address} is resolved.
     *
     * @throws IllegalArgumentException when they cannot be used
     */
    @Activate
    public BridgePlan(Map<String, Object> properties) {
        settings = new SettingsReader(ThisMachine.name()).read(properties);
        withoutEffect = SettingsReader.withoutEffect(properties);
        plugin = (String) properties.get(PluginProperties.NAME);
        generation = (Long) properties.get(PluginProperties.GENERATION);
        origin = (String) properties.get(PluginProperties.ORIGIN);
    }

    BridgeSettings settings() {
        return settings;
    }

    /** Options of TLS that are given though there is none. */
    List<String> withoutEffect() {
        return withoutEffect;
    }

    /** Whether somebody made it by hand; else it counts in the generations that name it. */
    boolean isByHand() {
        return origin == null;
    }

    boolean isIn(Generation now) {
        return isByHand()
                || (now.origin().equals(origin)
                        && plugin != null
                        && now.plugins().get(plugin) != null
                        && now.plugins().get(plugin).equals(generation));
    }
}
