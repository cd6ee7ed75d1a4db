// SPDX-License-Identifier: Apache-2.0
package io.culex.api.admin;

import io.culex.api.message.Message;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** The retained messages. A service of the broker; any thread but an event loop. */
@ProviderType
public interface RetainedMessages {
    /**
     * Shows those whose topic, mount point included, matches a valid Topic Filter. Walks them on the caller's thread without a lock.
     *
     * @param sink called on that thread
     */
    void list(String filter, Consumer<RetainedInfo> sink);

    /** The one of a topic, mount point included; empty without one. */
    Optional<Message> get(String topic);

    /**
     * Removes those whose topic matches a valid Topic Filter, by publishing an empty retained message to each: whoever subscribes
     * to one hears it. {@code $SYS} is left out unless the filter begins with it. Does not block.
     *
     * @return how many were removed, when that is kept
     */
    CompletionStage<Integer> purge(String filter);
}
