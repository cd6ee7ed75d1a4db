// SPDX-License-Identifier: Apache-2.0
package io.culex.api.auth;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides who may connect. Register it as a service with the property {@link PluginProperties#NAME}; it is asked only on
 * listeners whose scope names that plugin.
 */
@ConsumerType
public interface Authenticator {
    /**
     * Decides about one CONNECT. Called on an event loop, also for several clients at a time: it must not block. Slow work
     * (hashing, a request to another server) belongs on threads of the plugin. Whatever is thrown, null, and a
     * stage that fails are refusals; a client that has no answer within {@code connect_timeout} is disconnected.
     *
     * @return may complete on any thread; nothing more is read from the client before it does
     */
    CompletionStage<AuthAnswer> authenticate(AuthRequest request);
}
