// SPDX-License-Identifier: Apache-2.0
package io.culex.api.local;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Opens sessions inside this JVM. A service of the broker. */
@ProviderType
public interface LocalSessions {
    /** Opens or resumes a session. Does not block; fails when the broker refuses it, with the reason in the message. */
    CompletionStage<LocalSession> open(LocalSessionRequest request, LocalReceiver receiver);
}
