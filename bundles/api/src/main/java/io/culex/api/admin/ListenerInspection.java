// SPDX-License-Identifier: Apache-2.0
package io.culex.api.admin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The open listeners. A service of the broker; any thread, does not block. */
@ProviderType
public interface ListenerInspection {
    /** In the order of the configuration. */
    List<ListenerInfo> listeners();
}
