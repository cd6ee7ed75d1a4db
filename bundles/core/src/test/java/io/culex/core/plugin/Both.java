// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.auth.Access;
import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Authenticator;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A plugin that lets everyone in and allows everything, by two services. */
final class Both implements Authenticator, Authorizer {
    @Override
    public CompletionStage<AuthAnswer> authenticate(AuthRequest request) {
        return CompletableFuture.completedFuture(AuthAnswer.ALLOW);
    }

    @Override
    public Verdict check(Access access, Subject subject, String topic) {
        return Verdict.ALLOW;
    }

    @Override
    public long changes() {
        return 0;
    }
}
