// SPDX-License-Identifier: Apache-2.0
package io.culex.api.local;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Opens sessions inside this JVM. A service of the broker; any thread, does not block. */
@ProviderType
public interface LocalSessions {
    /**
     * Opens or resumes a session. Does not block; fails when the broker refuses it, with the reason in the message. One that is
     * to be kept is opened when the broker has read its store and begins its work.
     */
    CompletionStage<LocalSession> open(LocalSessionRequest request, LocalReceiver receiver);

    /** Opens or resumes a session that hands messages on; otherwise as {@link #open}. */
    CompletionStage<RelaySession> openRelay(LocalSessionRequest request, RelayReceiver receiver);

    /** What waits in a session, open or not; {@link Backlog#EMPTY} when there is none of that name. */
    CompletionStage<Backlog> backlog(String clientId);

    /** The names of all sessions that are kept on the authority of a bridge, open or not. */
    List<String> ofBridges();
}
