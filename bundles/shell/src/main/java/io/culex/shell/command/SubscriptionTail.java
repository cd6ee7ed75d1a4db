// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.local.Delivery;
import io.culex.api.local.LocalReceiver;
import io.culex.api.local.LocalSession;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.LocalSessions;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.shell.print.Bytes;
import io.culex.shell.print.Json;
import io.culex.shell.print.Visible;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Messages on a console, by a session of the broker itself. A console that is slow loses messages as a slow client does. */
record SubscriptionTail(LocalSessions sessions, List<String> filters, QoS qos, boolean json) {
    private static final int WINDOW = 1_000;

    /**
     * Shows messages as they come; blocks until it ends.
     *
     * @throws IllegalStateException when its session has been ended
     */
    void follow(PrintStream out, int count, @Nullable Duration time) throws Exception {
        Tail<Delivery> tail = new Tail<>();
        Receiver receiver = new Receiver(tail);
        LocalSessionRequest request = LocalSessionRequest.system("console-" + UUID.randomUUID());
        try (LocalSession session = Answers.of(sessions.open(request, receiver))) {
            session.request(WINDOW);
            for (String filter : filters) {
                ReasonCode code = Answers.of(session.subscribe(filter, SubscribeOptions.of(qos)));
                if (code.isFailure()) {
                    throw new IllegalArgumentException(filter + ": " + code.text());
                }
            }
            boolean isCut = tail.follow(out, count, time, delivery -> {
                delivery.done();
                session.request(1);
                return line(delivery.message());
            });
            if (isCut) {
                throw new IllegalStateException("the session has ended: " + receiver.end.text());
            }
        }
    }

    /** Gives to a tail what comes, and ends it with the session. */
    private static final class Receiver implements LocalReceiver {
        private final Tail<Delivery> tail;
        private volatile ReasonCode end = ReasonCode.SUCCESS;

        Receiver(Tail<Delivery> tail) {
            this.tail = tail;
        }

        @Override
        public void deliver(Delivery delivery) {
            tail.add(delivery);
        }

        @Override
        public void closed(ReasonCode reason) {
            end = reason;
            tail.end();
        }
    }

    private String line(Message message) {
        return json
                ? Json.line(MessageJson.of(message))
                : Visible.of(message.topic())
                        + (message.retain() ? " (retained) " : " ")
                        + Bytes.text(message.payload());
    }
}
