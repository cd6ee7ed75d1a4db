// SPDX-License-Identifier: Apache-2.0
package io.culex.core.admin;

import io.culex.api.auth.Access;
import io.culex.api.auth.AccessControl;
import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Subject;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.message.ReasonCode;
import io.culex.core.net.Broker;
import io.culex.core.oversight.BanList;
import io.culex.core.plugin.Current;
import io.culex.core.plugin.Decision;
import io.culex.core.plugin.Gate;
import io.culex.core.plugin.Scope;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Gates and bans, for those who do not come in by MQTT. An answer of a gate that was replaced meanwhile lets nobody in. */
@Component
public final class AccessControlService implements AccessControl {
    private static final AuthAnswer UNAVAILABLE =
            new AuthAnswer.Deny(ReasonCode.SERVER_UNAVAILABLE, "a plugin is missing");

    private static final AuthAnswer NAMELESS =
            new AuthAnswer.Deny(ReasonCode.BAD_USER_NAME_OR_PASSWORD, "there is no name in the certificate");

    private static final AuthAnswer BANNED = new AuthAnswer.Deny(ReasonCode.BANNED, "banned");

    private final Current current;
    private final BanList bans;
    private final BrokerLog log;

    /** Over the gates and bans of a broker. */
    @Activate
    public AccessControlService(@Reference Broker broker) {
        this.current = broker.services().current();
        this.bans = broker.oversight().bans();
        this.log = broker.services().log();
    }

    private Gate gate(String listener) {
        return current.get().scope(listener).gate();
    }

    @Override
    public CompletionStage<AuthAnswer> authenticate(AuthRequest request) {
        String listener = request.peer().listener();
        Gate gate = gate(listener);
        InetSocketAddress address = request.peer().address();
        if (bans.forbids(request.clientId(), request.username(), address == null ? null : address.getAddress())) {
            return CompletableFuture.completedFuture(BANNED);
        }
        if (gate.isOpen() && request.peer().identity() != null) {
            return CompletableFuture.completedFuture(AuthAnswer.ALLOW);
        }
        if (request.peer().identity() == null
                && Scope.namesUsers(current.get().scope(listener).listener())) {
            return CompletableFuture.completedFuture(NAMELESS);
        }
        CompletableFuture<AuthAnswer> answer = new CompletableFuture<>();
        gate.authenticate(request, decision -> {
            tell(request, decision);
            answer.complete(said(decision, gate, gate(listener)));
        });
        return answer;
    }

    @SuppressWarnings("ReferenceEquality") // a gate is another one even when it says the same
    private static AuthAnswer said(Decision decision, Gate by, Gate now) {
        if (by != now) {
            return UNAVAILABLE;
        }
        if (decision.isAllowed()) {
            return AuthAnswer.ALLOW;
        }
        return decision.answer() instanceof AuthAnswer.Deny deny ? deny : AuthAnswer.DENY;
    }

    /** Why, in the words of whoever decided, as for a client of MQTT. */
    private void tell(AuthRequest request, Decision decision) {
        if (decision.answer() instanceof AuthAnswer.Deny deny && !deny.detail().isEmpty() && log.connectionMessages()) {
            String by = decision.by().isEmpty() ? "" : " by " + decision.by();
            log.log(
                    LogType.NOTICE,
                    "Client " + request.clientId() + " [" + request.peer().addressText() + "] refused" + by + ": "
                            + deny.detail());
        }
    }

    @Override
    public boolean allows(Access access, Subject subject, String topic) {
        Gate gate = gate(subject.peer().listener());
        return gate.isOpen() && gate.allows(access, subject, topic);
    }
}
