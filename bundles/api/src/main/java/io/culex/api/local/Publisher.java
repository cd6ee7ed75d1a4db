// SPDX-License-Identifier: Apache-2.0
package io.culex.api.local;

import io.culex.api.message.Message;
import io.culex.api.message.ReasonCode;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Publishes without a session of one's own, as the broker itself. A service of the broker. */
@ProviderType
public interface Publisher {
    /**
     * Publishes; completes when what a PUBACK would promise is kept, with the codes of {@link LocalSession#publish}. No permission
     * is asked for. Any thread; does not block.
     */
    CompletionStage<ReasonCode> publish(Message message);
}
