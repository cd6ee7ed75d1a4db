// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import io.culex.auth.dynsec.model.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * What is in force.
 *
 * @param configuration nothing and nobody while the file is broken
 * @param changes differs whenever the configuration does
 * @param broken why the file cannot be used; null: it can
 */
record State(Configuration configuration, long changes, @Nullable String broken) {
    State next(Configuration other) {
        return new State(other, changes + 1, null);
    }
}
