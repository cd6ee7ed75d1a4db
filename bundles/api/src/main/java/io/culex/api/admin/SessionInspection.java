// SPDX-License-Identifier: Apache-2.0
package io.culex.api.admin;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** A closer look at sessions. A service of the broker; any thread but an event loop. */
@ProviderType
public interface SessionInspection {
    /** The sessions of a Client Identifier: none, one, or one for each mount point. Does not block. */
    CompletionStage<List<SessionDetail>> find(String clientId);

    /** Every subscription, in no order. Walks the tree on the caller's thread without a lock. */
    void subscriptions(Consumer<SubscriptionInfo> sink);
}
