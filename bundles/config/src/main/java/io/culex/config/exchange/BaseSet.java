// SPDX-License-Identifier: Apache-2.0
package io.culex.config.exchange;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.FrameworkWiring;

/** Which bundles cannot be exchanged while clients are connected. */
final class BaseSet {
    private static final Set<String> NAMES =
            Set.of("io.culex.api", "io.culex.codec", "io.culex.transport", "io.culex.core", "io.culex.config");
    private static final List<String> BEGINNINGS = List.of("io.netty.", "bcprov", "bcutil", "bcpkix", "bctls");

    private BaseSet() {}

    /** Why the bundle changes only with a restart; null when it may be exchanged. */
    static @Nullable String refusal(Bundle bundle, @Nullable FrameworkWiring wiring) {
        String name = bundle.getSymbolicName();
        if (bundle.getBundleId() == 0
                || NAMES.contains(name)
                || BEGINNINGS.stream().anyMatch(name::startsWith)) {
            return name + " changes only with a restart, as do api, codec, transport, core, Netty and BouncyCastle.";
        }
        Set<String> others = wiring == null
                ? Set.of()
                : wiring.getDependencyClosure(List.of(bundle)).stream()
                        .filter(other -> !other.equals(bundle))
                        .map(Bundle::getSymbolicName)
                        .collect(Collectors.toSet());
        return others.isEmpty()
                ? null
                : name + " changes only with a restart: " + String.join(", ", others) + " would be restarted with it.";
    }
}
