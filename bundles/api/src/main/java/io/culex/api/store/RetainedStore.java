// SPDX-License-Identifier: Apache-2.0
package io.culex.api.store;

import java.util.function.BiConsumer;
import org.osgi.annotation.versioning.ConsumerType;

/** Keeps retained messages. A service; enqueues without blocking, the promise tells when it is kept. */
@ConsumerType
public interface RetainedStore {
    /** Gives every retained message with its version, once, before any other call. Blocks. */
    void recover(BiConsumer<StoredMessage, Long> retained);

    /** The topic's message is now this one; the highest version of a topic wins on recovery. */
    void retain(StoredMessage message, long version, Promise promise);

    /** The topic has no message any more as of this version. */
    void clear(byte[] topic, long version, Promise promise);
}
