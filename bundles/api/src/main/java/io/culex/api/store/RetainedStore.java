// SPDX-License-Identifier: Apache-2.0
package io.culex.api.store;

import org.osgi.annotation.versioning.ConsumerType;

/** Keeps retained messages; part of a {@link StoreLane}. */
@ConsumerType
public interface RetainedStore {
    /** The topic's message is now this one; of several the highest version counts. */
    void retain(StoredMessage message, long version);

    /**
     * The topic has no message any more as of this version.
     *
     * @param topic UTF-8, mount point applied
     */
    void clear(byte[] topic, long version);
}
