// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import io.culex.api.admin.BrokerAdmin;
import io.culex.api.admin.SessionInfo;
import io.culex.api.admin.TopicSeen;
import io.culex.api.message.ReasonCode;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A broker with some clients, which remembers who was expelled. */
final class FakeBroker implements BrokerAdmin {
    final List<String> expelled = new CopyOnWriteArrayList<>();
    private final List<SessionInfo> sessions = new CopyOnWriteArrayList<>();

    void connect(String clientId, @Nullable String username, String address) {
        sessions.add(new SessionInfo(clientId, username, true, address, "1883", 5, Instant.EPOCH, 0, 0, 0, 0));
    }

    @Override
    public CompletionStage<List<SessionInfo>> sessions() {
        return CompletableFuture.completedFuture(List.copyOf(sessions));
    }

    @Override
    public CompletionStage<Boolean> disconnect(String clientId, ReasonCode reason) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Integer> expel(Predicate<SessionInfo> which, ReasonCode reason) {
        List<String> meant =
                sessions.stream().filter(which).map(SessionInfo::clientId).toList();
        meant.forEach(clientId -> expelled.add(clientId + " " + Integer.toHexString(reason.code())));
        return CompletableFuture.completedFuture(meant.size());
    }

    @Override
    public void subscriptionTree(Consumer<String> lines) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<TopicSeen> topicsSeen() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> stop() {
        throw new UnsupportedOperationException();
    }
}
