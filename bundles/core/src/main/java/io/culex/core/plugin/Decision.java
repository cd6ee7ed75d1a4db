// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.auth.AuthAnswer;

/**
 * What a gate says to a CONNECT.
 *
 * @param answer allow or deny
 * @param by the plugin that said so; empty when none did and {@code allow_anonymous} decided
 */
public record Decision(AuthAnswer answer, String by) {
    /** Whether the client may come in. */
    public boolean isAllowed() {
        return answer instanceof AuthAnswer.Allow;
    }
}
