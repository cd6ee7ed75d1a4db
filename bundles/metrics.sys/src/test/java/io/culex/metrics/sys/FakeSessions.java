// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.sys;

import io.culex.api.local.Backlog;
import io.culex.api.local.LocalReceiver;
import io.culex.api.local.LocalSession;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.LocalSessions;
import io.culex.api.local.RelayReceiver;
import io.culex.api.local.RelaySession;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.Message;
import io.culex.api.message.ReasonCode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was published, and by which sessions. Any thread. */
final class FakeSessions implements LocalSessions {
    final List<Session> opened = new CopyOnWriteArrayList<>();
    final List<Message> published = new CopyOnWriteArrayList<>();
    volatile CompletableFuture<ReasonCode> answer = CompletableFuture.completedFuture(ReasonCode.SUCCESS);

    @Override
    public CompletionStage<LocalSession> open(LocalSessionRequest request, LocalReceiver receiver) {
        Session session = new Session(request, receiver);
        opened.add(session);
        return CompletableFuture.completedFuture(session);
    }

    @Override
    public CompletionStage<RelaySession> openRelay(LocalSessionRequest request, RelayReceiver receiver) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Backlog> backlog(String clientId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> ofBridges() {
        throw new UnsupportedOperationException();
    }

    final class Session implements LocalSession {
        final LocalSessionRequest request;
        final LocalReceiver receiver;
        volatile boolean open = true;

        Session(LocalSessionRequest request, LocalReceiver receiver) {
            this.request = request;
            this.receiver = receiver;
        }

        @Override
        public String clientId() {
            return request.clientId();
        }

        @Override
        public boolean sessionPresent() {
            return false;
        }

        @Override
        public void request(long credit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<ReasonCode> subscribe(String filter, SubscribeOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Map<String, SubscribeOptions>> subscriptions() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<ReasonCode> unsubscribe(String filter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<ReasonCode> publish(Message message) {
            published.add(message);
            return answer;
        }

        @Override
        public void close() {
            open = false;
        }
    }
}
