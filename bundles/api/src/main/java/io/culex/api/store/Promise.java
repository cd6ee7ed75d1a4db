// SPDX-License-Identifier: Apache-2.0
package io.culex.api.store;

import org.osgi.annotation.versioning.ConsumerType;

/** Told when what was enqueued is kept. Called on the store's thread: it must only hand on to an event loop. */
@ConsumerType
public interface Promise {
    /** Kept at the level that the store is set to. */
    void kept();

    /** Not kept and never will be; what depends on it must not be acknowledged. */
    void failed(Throwable cause);
}
