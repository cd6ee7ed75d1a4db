// SPDX-License-Identifier: Apache-2.0
package io.culex.api.store;

import org.osgi.annotation.versioning.ConsumerType;

/** Told how far a lane is kept. Called on the store's thread: it must only hand on to an event loop. */
@ConsumerType
public interface Kept {
    /**
     * The operations of the lane up to this one are kept, at the level that the store is set to.
     *
     * @param operation the number of an operation: the lane's first is 1
     */
    void kept(long operation);

    /** What is not kept by now never will be; nothing that depends on it may be acknowledged. The last call. */
    void failed(Throwable cause);
}
