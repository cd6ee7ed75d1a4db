// SPDX-License-Identifier: Apache-2.0
package io.culex.api.config;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The configuration in force, for people. A service of {@code config}; any thread, may block for a moment. */
@ProviderType
public interface ConfigView {
    /**
     * Its lines, in the form of mosquitto.conf and with the files that it includes in their places. Secrets are masked.
     *
     * @param defaults whether options that are not given are shown, too
     */
    List<String> lines(boolean defaults);
}
