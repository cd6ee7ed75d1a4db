// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.auth.Authenticator;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.EnhancedAuthenticator;
import io.culex.api.intercept.Interceptor;
import org.jspecify.annotations.Nullable;

/** The services of one plugin name that are there now; a plugin may offer one kind or several. */
record Plugin(
        Guard guard,
        @Nullable Authenticator authenticator,
        @Nullable EnhancedAuthenticator enhanced,
        @Nullable Authorizer authorizer,
        @Nullable Interceptor interceptor) {
    String name() {
        return guard.plugin();
    }
}
