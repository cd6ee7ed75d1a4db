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
     * Decides about one CONNECT. Called on an event loop: it must not block, slow work (hashing, a request to another
     * server) belongs on an executor of the plugin. A stage that fails, or does not complete in time, is a refusal.
     */
    CompletionStage<AuthAnswer> authenticate(AuthRequest request);
}
