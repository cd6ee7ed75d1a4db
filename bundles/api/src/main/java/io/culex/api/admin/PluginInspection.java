// SPDX-License-Identifier: Apache-2.0
package io.culex.api.admin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** What the broker knows of its plugins. A service of the broker; any thread, does not block. */
@ProviderType
public interface PluginInspection {
    /** The plugins that are there, and those that a listener misses, by name. */
    List<PluginInfo> plugins();
}
