// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.auth.Access;
import io.culex.api.auth.AccessControl;
import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Subject;
import io.culex.api.message.ReasonCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The gates, for those who do not come in by MQTT. An answer of a gate that was replaced meanwhile lets nobody in. */
@Component
public final class AccessControlService implements AccessControl {
    private static final AuthAnswer UNAVAILABLE =
            new AuthAnswer.Deny(ReasonCode.SERVER_UNAVAILABLE, "a plugin is missing");

    private final Current current;

    /** Over the gates of a registry. */
    @Activate
    public AccessControlService(@Reference PluginRegistry registry) {
        this(registry.current());
    }

    AccessControlService(Current current) {
        this.current = current;
    }

    private Gate gate(String listener) {
        return current.get().scope(listener).gate();
    }

    @Override
    public CompletionStage<AuthAnswer> authenticate(AuthRequest request) {
        String listener = request.peer().listener();
        Gate gate = gate(listener);
        if (gate.isOpen() && request.peer().identity() != null) {
            return CompletableFuture.completedFuture(AuthAnswer.ALLOW);
        }
        CompletableFuture<AuthAnswer> answer = new CompletableFuture<>();
        gate.authenticate(request, decision -> answer.complete(said(decision, gate, gate(listener))));
        return answer;
    }

    @SuppressWarnings("ReferenceEquality") // a gate is another one even when it says the same
    private static AuthAnswer said(Decision decision, Gate by, Gate now) {
        if (!decision.isAllowed()) {
            return decision.answer() instanceof AuthAnswer.Deny deny ? deny : AuthAnswer.DENY;
        }
        return by == now ? AuthAnswer.ALLOW : UNAVAILABLE;
    }

    @Override
    public boolean allows(Access access, Subject subject, String topic) {
        Gate gate = gate(subject.peer().listener());
        return gate.isOpen() && gate.allows(access, subject, topic);
    }
}
