// SPDX-License-Identifier: Apache-2.0
package io.culex.api.metrics;

import java.util.SortedMap;
import org.osgi.annotation.versioning.ProviderType;

/** The numbers under {@code $SYS}, whether they are published or not. A service of the bundle that publishes them. */
@ProviderType
public interface SysValues {
    /** By topic, as they are now; reads every metric on the caller's thread, without blocking. */
    SortedMap<String, Long> values();
}
