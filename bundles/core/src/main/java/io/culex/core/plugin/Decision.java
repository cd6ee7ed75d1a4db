// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.auth.AuthAnswer;

/**
 * What a gate says to a CONNECT.
 *
 * @param answer allow or deny
 * @param by the plugin that said so; empty when none did and {@code allow_anonymous} decided
 * @param failed whether it said nothing of the kind: the plugin failed, which is a refusal
 */
public record Decision(AuthAnswer answer, String by, boolean failed) {
    /** Of a plugin that said so, or of the broker itself. */
    public Decision(AuthAnswer answer, String by) {
        this(answer, by, false);
    }

    /** Whether the client may come in. */
    public boolean isAllowed() {
        return answer instanceof AuthAnswer.Allow;
    }
}
