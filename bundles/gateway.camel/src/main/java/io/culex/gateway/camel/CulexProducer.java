// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.camel;

import io.culex.api.local.Delivery;
import io.culex.api.local.RelayReceiver;
import io.culex.api.local.RelaySession;
import io.culex.api.message.Message;
import io.culex.api.message.ReasonCode;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what a route sends. An exchange is complete when what a PUBACK promises is kept, and its route goes on on a thread of the
 * producer's, never on an event loop. The session is opened with the first message.
 */
final class CulexProducer extends DefaultAsyncProducer {
    private final CulexEndpoint endpoint;
    private @Nullable CompletionStage<RelaySession> opening;
    private @Nullable ExecutorService threads;

    CulexProducer(CulexEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        synchronized (this) {
            threads = getEndpoint()
                    .getCamelContext()
                    .getExecutorServiceManager()
                    .newCachedThreadPool(this, "CulexProducer");
        }
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        ExecutorService pool;
        CompletionStage<ReasonCode> published;
        try {
            Message message = Mapping.write(exchange, endpoint.options());
            synchronized (this) {
                pool = threads;
                if (pool == null) {
                    throw new IllegalStateException("the producer is not started");
                }
                published = session().thenCompose(session -> session.publish(message, 0));
            }
            published.whenComplete((code, failure) -> goOn(pool, () -> {
                answer(exchange, message, code, failure);
                callback.done(false);
            }));
            return false;
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
    }

    /** An exchange that outlived its producer, because Camel did not wait any longer, ends on the thread that has the answer. */
    private static void goOn(ExecutorService pool, Runnable rest) {
        try {
            pool.execute(rest);
        } catch (RejectedExecutionException e) {
            rest.run();
        }
    }

    private void answer(Exchange exchange, Message message, @Nullable ReasonCode code, @Nullable Throwable failure) {
        if (code == null) {
            exchange.setException(failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
        } else if (code.isFailure()) {
            exchange.setException(Refusal.of("a message on " + message.topic(), endpoint.options(), code));
        }
    }

    private synchronized CompletionStage<RelaySession> session() {
        CompletionStage<RelaySession> now = opening;
        if (now == null || now.toCompletableFuture().isCompletedExceptionally()) {
            Silent link = new Silent();
            now = endpoint.broker().openToPublish(endpoint.options(), link);
            opening = now;
            link.of = now;
        }
        return now;
    }

    /** The next message opens another session. */
    private synchronized void lost(CompletionStage<RelaySession> ended) {
        if (opening == ended) {
            opening = null;
        }
    }

    @Override
    protected void doStop() throws Exception {
        CompletionStage<RelaySession> last;
        ExecutorService pool;
        synchronized (this) {
            last = opening;
            opening = null;
            pool = threads;
            threads = null;
        }
        if (last != null) {
            last.thenAccept(RelaySession::close);
        }
        if (pool != null) {
            // Those who wait for an answer get one: the session has ended.
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(pool);
        }
        super.doStop();
    }

    /** Receives nothing. */
    private final class Silent implements RelayReceiver {
        private volatile @Nullable CompletionStage<RelaySession> of;

        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public int backlog() {
            return 0;
        }

        @Override
        public void release(int packetId) {
            // Nothing was delivered.
        }

        @Override
        public void deliver(Delivery delivery) {
            // Nothing is subscribed to.
        }

        @Override
        public void closed(ReasonCode reason) {
            CompletionStage<RelaySession> ended = of;
            if (ended != null) {
                lost(ended);
            }
        }
    }
}
