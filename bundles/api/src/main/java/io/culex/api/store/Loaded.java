// SPDX-License-Identifier: Apache-2.0
package io.culex.api.store;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** Takes messages that were asked for. Called on the store's thread: it must only hand on to an event loop. */
@ConsumerType
public interface Loaded {
    /** The messages in the order in which they were asked for; null for one that is not there, or is damaged. */
    void loaded(List<@Nullable StoredMessage> messages);
}
