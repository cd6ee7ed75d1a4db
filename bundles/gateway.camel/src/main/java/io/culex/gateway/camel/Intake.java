// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.camel;

import io.culex.api.local.Delivery;
import io.culex.api.local.LocalReceiver;
import io.culex.api.local.LocalSession;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ShutdownStrategy;
import org.jspecify.annotations.Nullable;

/**
 * From a session to a route. Messages are worked on by threads of its own; one is acknowledged, and the session asked for another, when
 * its exchange has gone well. One whose exchange has failed keeps its place among the {@code window} that are out and is tried again later; the others
 * go past it. So a route that does not keep up, or whose other end is away, leaves messages in the session's queue and not in memory
 * here. What is not done when the route stops stays with the session.
 */
final class Intake {
    private final CulexConsumer consumer;
    private final Options options;
    private final ExecutorService workers;
    private final ScheduledExecutorService timer;
    private volatile boolean stopping;
    private @Nullable LocalSession session;

    Intake(CulexConsumer consumer) {
        this.consumer = consumer;
        this.options = consumer.endpoint().options();
        this.workers = Executors.newFixedThreadPool(options.consumers(), threads("CulexConsumer"));
        this.timer = Executors.newSingleThreadScheduledExecutor(threads("CulexConsumerTimer"));
    }

    private CamelContext context() {
        return consumer.endpoint().getCamelContext();
    }

    private ThreadFactory threads(String name) {
        return task -> context()
                .getExecutorServiceManager()
                .newThread(name + "[" + consumer.filters().get(0) + "]", task);
    }

    /** Opens the session, now or as soon as that can be. Does not block. */
    void open() {
        Line line = new Line();
        consumer.endpoint().broker().openToReceive(options, line).whenComplete((opened, failure) -> {
            if (opened != null) {
                begin(line, opened);
            } else {
                problem("Culex has no session for " + consumer.endpoint() + ", and tries again", failure);
                later(this::open, options.reconnectMillis());
            }
        });
    }

    private synchronized void begin(Line line, LocalSession opened) {
        if (stopping) {
            opened.close();
            return;
        }
        session = opened;
        line.session = opened;
        opened.unsubscribeOthers(consumer.filters()).whenComplete((refused, failure) -> {
            if (failure == null) {
                stillGiven(opened, refused);
                receive(opened);
            } else {
                problem("Culex cannot go on with the session of " + consumer.endpoint(), failure);
                opened.close();
            }
        });
    }

    /** It goes on with what it may not give up, as any client would. */
    private void stillGiven(LocalSession by, Map<String, ReasonCode> filters) {
        filters.forEach((filter, code) -> {
            if (isCurrent(by)) {
                problem(
                        "The route is still given " + filter + ", which it does not name any more",
                        Refusal.of("to end the subscription to " + filter, options, code));
            }
        });
    }

    private synchronized void receive(LocalSession from) {
        if (isCurrent(from)) {
            for (String filter : consumer.filters()) {
                subscribe(from, filter);
            }
            from.request(options.window());
        }
    }

    private void subscribe(LocalSession to, String filter) {
        SubscribeOptions how = new SubscribeOptions(options.qos(), false, true, options.retainHandling(), 0);
        to.subscribe(filter, how).thenAccept(code -> {
            if (code.isFailure() && isCurrent(to)) {
                problem(
                        "Culex will be asked again for the subscription to " + filter,
                        Refusal.of("the subscription to " + filter, options, code));
                later(() -> subscribe(to, filter), options.reconnectMillis());
            }
        });
    }

    private synchronized boolean isCurrent(LocalSession which) {
        return session == which && !stopping;
    }

    private void later(Runnable task, long millis) {
        try {
            timer.schedule(task, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // It is being closed.
        }
    }

    /** To Camel's own handler, on a thread of our own: by default that writes to the log, with bridgeErrorHandler a route gets it. */
    private void problem(String text, @Nullable Throwable cause) {
        if (stopping) {
            return;
        }
        Throwable shown = cause == null ? new IllegalStateException(text) : cause;
        later(() -> consumer.getExceptionHandler().handleException(text, shown), 0);
    }

    private void work(Line from, Delivery delivery, boolean again) {
        try {
            workers.execute(() -> process(from, delivery, again));
        } catch (RejectedExecutionException e) {
            // It is being closed: the message stays with the session.
        }
    }

    private void process(Line from, Delivery delivery, boolean again) {
        if (stopping) {
            return;
        }
        boolean isKept = delivery.message().qos() != QoS.AT_MOST_ONCE;
        Exception failure = exchange(delivery, again);
        if (failure == null) {
            from.done(delivery);
        } else if (isKept && options.redeliveryMillis() >= 0) {
            later(() -> work(from, delivery, true), options.redeliveryMillis());
        } else {
            problem("A message on " + delivery.message().topic() + " is given up", failure);
            from.done(delivery);
        }
    }

    /** Returns why it has failed, after Camel's error handler has done what it can; null: it has gone well. */
    private @Nullable Exception exchange(Delivery delivery, boolean again) {
        Exchange exchange = consumer.createExchange(false);
        try {
            Mapping.read(delivery, again, exchange.getMessage());
            consumer.getProcessor().process(exchange);
            Exception failure = exchange.getException();
            return failure == null && exchange.isFailed()
                    ? new IllegalStateException("the exchange has failed")
                    : failure;
        } catch (Exception e) {
            return e;
        } finally {
            consumer.releaseExchange(exchange, false);
        }
    }

    /** Lets what has begun end, for as long as Camel waits for a route, then ends the session's link. Blocks. */
    void close() throws InterruptedException {
        LocalSession last;
        synchronized (this) {
            stopping = true;
            last = session;
            session = null;
        }
        timer.shutdownNow();
        workers.shutdown();
        ShutdownStrategy strategy = context().getShutdownStrategy();
        if (!workers.awaitTermination(strategy.getTimeout(), strategy.getTimeUnit())) {
            workers.shutdownNow();
        }
        if (last != null) {
            last.close();
        }
    }

    /** The link of one session. */
    private final class Line implements LocalReceiver {
        private volatile @Nullable LocalSession session;

        @Override
        public void deliver(Delivery delivery) {
            work(this, delivery, false);
        }

        void done(Delivery delivery) {
            delivery.done();
            LocalSession from = session;
            if (from != null) {
                from.request(1);
            }
        }

        @Override
        public void closed(ReasonCode reason) {
            if (stopping) {
                return;
            }
            String text = "The session of " + consumer.endpoint() + " has ended: " + reason.text();
            if (reason == ReasonCode.SESSION_TAKEN_OVER) {
                // Another one goes by the same name; who took the name back would lose it again.
                problem(text + "; another one has its clientId, and the route rests until it is started again", null);
            } else {
                problem(text, null);
                later(Intake.this::open, options.reconnectMillis());
            }
        }
    }
}
