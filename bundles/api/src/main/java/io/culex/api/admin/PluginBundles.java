// SPDX-License-Identifier: Apache-2.0
package io.culex.api.admin;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The bundles that plugins come from, changed while clients stay connected. A service of {@code config}. A source is the URL of a jar
 * or the path of one. Every method blocks, bounded, until the change is done or refused; not on an event loop. It returns a line for a
 * person, or throws with the reason for that person.
 */
@ProviderType
public interface PluginBundles {
    /** Installs and starts a bundle that could never be wired to one of the broker. */
    String install(String source) throws Operation.RefusedException;

    /**
     * Exchanges the contents of a bundle in place: clients that need it wait meanwhile.
     *
     * @param plugin the name of a plugin, or symbolic name or number of its bundle
     * @param source of the new contents; null: where the old ones came from
     */
    String update(String plugin, @Nullable String source) throws Operation.RefusedException;

    /** The same without a moment in which the plugin is missing: the new one is made beside the old one first. */
    String swap(String plugin, String source) throws Operation.RefusedException;

    /** Removes a bundle that {@link #install} brought. */
    String remove(String plugin) throws Operation.RefusedException;
}
