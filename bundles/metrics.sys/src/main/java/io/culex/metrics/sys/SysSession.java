// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.sys;

import io.culex.api.local.Delivery;
import io.culex.api.local.LocalReceiver;
import io.culex.api.local.LocalSession;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.LocalSessions;
import io.culex.api.message.Message;
import io.culex.api.message.ReasonCode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The session that {@code $SYS} is published by: opened when there is something to say, again when it was lost. */
final class SysSession implements LocalReceiver {
    private static final long LIMIT_SECONDS = 5;

    private final LocalSessions sessions;
    // No client can guess it, so none can take the session over.
    private final String clientId = "culex-sys-" + UUID.randomUUID();
    private volatile @Nullable LocalSession session;

    /** Not open yet. */
    SysSession(LocalSessions sessions) {
        this.sessions = sessions;
    }

    /** Publishes in this order; blocks until the broker has them, ten seconds at most. On one thread. */
    void publish(List<Message> messages) throws UnpublishedException, InterruptedException {
        if (messages.isEmpty()) {
            return;
        }
        LocalSession open = open();
        List<CompletableFuture<ReasonCode>> answers = new ArrayList<>();
        for (Message message : messages) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            answers.add(open.publish(message).toCompletableFuture());
        }
        for (CompletableFuture<ReasonCode> answer : answers) {
            ReasonCode code = await(answer);
            if (code.isFailure()) {
                throw new UnpublishedException(code.text());
            }
        }
    }

    /** Opens the session unless it is open; blocks, five seconds at most. On one thread. */
    LocalSession open() throws UnpublishedException, InterruptedException {
        LocalSession now = session;
        if (now == null) {
            CompletableFuture<LocalSession> opening =
                    sessions.open(LocalSessionRequest.system(clientId), this).toCompletableFuture();
            boolean kept = false;
            try {
                now = await(opening);
                session = now;
                kept = true;
            } finally {
                if (!kept) {
                    opening.thenAccept(LocalSession::close);
                }
            }
        }
        return now;
    }

    private static <T> T await(CompletableFuture<T> answer) throws UnpublishedException, InterruptedException {
        try {
            return answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new UnpublishedException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new UnpublishedException("no answer within " + LIMIT_SECONDS + " seconds", e);
        }
    }

    /** Ends the session; the next publish opens another one. */
    void close() {
        LocalSession now = session;
        session = null;
        if (now != null) {
            now.close();
        }
    }

    @Override
    public void deliver(Delivery delivery) {
        delivery.done();
    }

    @Override
    public void closed(ReasonCode reason) {
        session = null;
    }
}
