// SPDX-License-Identifier: Apache-2.0
package io.culex.api.config;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The broker runs: a generation is committed and its listeners accept. A service of {@code config}, registered after the
 * first commit and gone when the broker stops. Any thread; never blocks.
 */
@ProviderType
public interface Running {
    /** The number of the generation in force; grows with each reload that changed something. */
    long generation();

    /** When that generation came into force. */
    Instant since();

    /** The listeners of that generation, in the order of the file. */
    List<ListenerSettings> listeners();
}
