// SPDX-License-Identifier: Apache-2.0
package io.culex.api.config;

import org.osgi.annotation.versioning.ProviderType;

/** The one way to change the configuration while the broker runs. A service of {@code config}. */
@ProviderType
public interface Reload {
    /** The result of an attempt. */
    record Result(boolean changed, long generation, String message) {}

    /** Reads the file again and takes it whole or not at all. Blocks until that is decided; not on an event loop. */
    Result reload();

    /** Checks the file without taking it; plugins read their files, too. Blocks like {@link #reload}. */
    Result check();

    /**
     * Puts the configuration back that was in force before the last change, from the text that was read then. The files stay as they
     * are: the next {@link #reload} takes them again. Blocks like {@link #reload}.
     */
    Result rollback();
}
