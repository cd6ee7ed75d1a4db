// SPDX-License-Identifier: Apache-2.0
package io.culex.api.store;

import io.culex.api.local.SubscribeOptions;
import java.util.Objects;

/** A subscription of a persistent session; the filter as the broker keeps it (mount point applied). */
public record StoredSubscription(String filter, SubscribeOptions options) {
    public StoredSubscription {
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(options, "options");
    }
}
