// SPDX-License-Identifier: Apache-2.0
package io.culex.api.auth;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Asks the plugins of a listener about someone who comes in otherwise than by MQTT, as a request over HTTP does. A service of
 * the broker. Which listener that is, the {@link Peer} says.
 */
@ProviderType
public interface AccessControl {
    /**
     * Decides as about CONNECT: the plugins in order, then {@code allow_anonymous} ({@link AuthAnswer}); an identity that the
     * listener has verified is let in. Any thread; does not block. While a plugin is missing everybody is refused with
     * {@link io.culex.api.message.ReasonCode#SERVER_UNAVAILABLE}.
     *
     * @return completes on any thread, never exceptionally, with {@link AuthAnswer.Allow} or {@link AuthAnswer.Deny}
     */
    CompletionStage<AuthAnswer> authenticate(AuthRequest request);

    /**
     * Whether someone who was let in may do that. Any thread; does not block; false while a plugin is missing.
     *
     * @param topic as for {@link Authorizer#check}
     */
    boolean allows(Access access, Subject subject, String topic);
}
