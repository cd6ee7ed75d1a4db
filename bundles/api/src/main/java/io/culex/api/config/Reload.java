// SPDX-License-Identifier: Apache-2.0
package io.culex.api.config;

import org.osgi.annotation.versioning.ProviderType;

/** The one way to change the configuration while the broker runs. A service of {@code config}. */
@ProviderType
public interface Reload {
    /**
     * The result of an attempt.
     *
     * @param changed whether another generation is in force now
     * @param generation the number of the one in force
     * @param message for a person; what is wrong when nothing was taken, line by line
     */
    record Result(boolean changed, long generation, String message) {}

    /**
     * Reads the file again and takes it whole or not at all. Blocks until that is decided, which may take as long as plugins need to
     * begin; not on an event loop.
     */
    Result reload();

    /** Checks the file without taking it; plugins read their files, too. Blocks like {@link #reload}. */
    Result check();

    /**
     * Puts the configuration back that was in force before the last change, from the text that was read then. The files stay as they
     * are: the next {@link #reload} takes them again. Blocks like {@link #reload}.
     */
    Result rollback();
}
