// SPDX-License-Identifier: Apache-2.0
package io.culex.core.admin;

import io.culex.core.loop.Loop;
import io.culex.core.session.Services;
import io.culex.core.session.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks sessions something, each on its own loop. A loop is asked about a few hundred at a time and goes round its channels in between,
 * so that a question about very many delays no message. Any thread but a loop's.
 */
final class Gathering {
    private static final int SLICE = 200;

    private final Services services;

    Gathering(Services services) {
        this.services = services;
    }

    /** The answers of all sessions that give one, loop by loop. */
    <T> CompletableFuture<List<T>> ask(Function<Session, @Nullable T> question) {
        return ask(session -> true, question);
    }

    /**
     * The same for some of them.
     *
     * @param which is asked on the caller's thread, so it may look at what never changes only
     */
    <T> CompletableFuture<List<T>> ask(Predicate<Session> which, Function<Session, @Nullable T> question) {
        Collection<Session> all = services.directory().all();
        List<Share<T>> shares = new ArrayList<>();
        for (Loop loop : services.loops().all()) {
            shares.add(new Share<>(loop, question));
        }
        for (Session session : all) {
            if (which.test(session)) {
                shares.get(session.home().index()).sessions.add(session);
            }
        }
        shares.forEach(Share::begin);
        // Put together elsewhere than on the loop that answers last.
        return CompletableFuture.allOf(shares.stream().map(share -> share.done).toArray(CompletableFuture[]::new))
                .thenApplyAsync(done ->
                        shares.stream().flatMap(share -> share.answers.stream()).toList());
    }

    /** What one loop is asked. */
    private static final class Share<T> implements Runnable {
        private final Loop loop;
        private final Function<Session, @Nullable T> question;
        private final List<Session> sessions = new ArrayList<>();
        private final List<T> answers = new ArrayList<>();
        private final CompletableFuture<Boolean> done = new CompletableFuture<>();
        private int next;

        Share(Loop loop, Function<Session, @Nullable T> question) {
            this.loop = loop;
            this.question = question;
        }

        void begin() {
            if (sessions.isEmpty()) {
                done.complete(true);
            } else {
                loop.execute(this);
            }
        }

        @Override
        public void run() {
            try {
                int end = Math.min(next + SLICE, sessions.size());
                for (; next < end; next++) {
                    ask(sessions.get(next));
                }
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
                return;
            }
            if (next < sessions.size()) {
                loop.nextIteration(this);
            } else {
                done.complete(true);
            }
        }

        private void ask(Session session) {
            if (!session.isEnded() && session.isKnown()) {
                T answer = question.apply(session);
                if (answer != null) {
                    answers.add(answer);
                }
            }
        }
    }
}
