// SPDX-License-Identifier: Apache-2.0
package io.culex.config;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The features that are installed, by name. An option that restricts access and whose feature is not among them refuses
 * the start.
 *
 * @param names such as {@code culex-transport-tls}
 */
public record Features(Set<String> names) {
    /** The system property that names them, separated by commas, where there is no framework to ask. */
    public static final String PROPERTY = "culex.features";

    /** The namespace of the capability by which a bundle says that it brings a feature; its attribute has the same name. */
    public static final String NAMESPACE = "io.culex.feature";

    public Features {
        names = Set.copyOf(names);
    }

    /** Out of the value of {@link #PROPERTY}; null: none. */
    public static Features parse(@Nullable String property) {
        if (property == null) {
            return new Features(Set.of());
        }
        return new Features(Arrays.stream(property.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet()));
    }

    /** Whether the feature is installed. */
    public boolean has(String name) {
        return names.contains(name);
    }
}
