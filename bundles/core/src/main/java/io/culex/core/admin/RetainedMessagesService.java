// SPDX-License-Identifier: Apache-2.0
package io.culex.core.admin;

import io.culex.api.admin.RetainedInfo;
import io.culex.api.admin.RetainedMessages;
import io.culex.api.auth.Subject;
import io.culex.api.local.Publisher;
import io.culex.api.message.Message;
import io.culex.api.message.MessageProperties;
import io.culex.api.message.Payload;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.core.loop.Clock;
import io.culex.core.net.Broker;
import io.culex.core.route.Publication;
import io.culex.core.route.Retained;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lists and removes retained messages. Any thread. */
@Component(service = RetainedMessages.class)
public final class RetainedMessagesService implements RetainedMessages {
    private static final int SLICE = 200;

    private final Retained retained;
    private final Publisher publisher;
    private final Clock clock = Clock.SYSTEM;

    /** Of that broker. */
    @Activate
    public RetainedMessagesService(@Reference Broker broker, @Reference Publisher publisher) {
        this.retained = broker.services().router().retained();
        this.publisher = publisher;
    }

    @Override
    public void list(String filter, Consumer<RetainedInfo> sink) {
        retained.match(filter, message -> sink.accept(info(message)));
    }

    private RetainedInfo info(Publication message) {
        Subject sender = message.sender();
        long left = message.remainingSeconds(clock);
        return new RetainedInfo(
                message.topicText(),
                message.payload().length,
                message.qos(),
                sender == null ? null : sender.clientId(),
                left < 0 ? null : Instant.ofEpochMilli(clock.millis()).plusSeconds(left));
    }

    @Override
    public Optional<Message> get(String topic) {
        AtomicReference<@Nullable Message> found = new AtomicReference<>();
        retained.match(topic, message -> found.set(message.toMessage(message.qos(), true, clock)));
        return Optional.ofNullable(found.get());
    }

    @Override
    public CompletionStage<Integer> purge(String filter) {
        List<String> topics = new ArrayList<>();
        retained.match(filter, message -> topics.add(message.topicText()));
        return purge(topics, 0, 0);
    }

    /** A few at a time, so that the loops are not full of it. */
    private CompletionStage<Integer> purge(List<String> topics, int from, int removed) {
        if (from >= topics.size()) {
            return CompletableFuture.completedFuture(removed);
        }
        int end = Math.min(from + SLICE, topics.size());
        List<CompletableFuture<ReasonCode>> slice = topics.subList(from, end).stream()
                .map(topic -> publisher
                        .publish(new Message(topic, Payload.EMPTY, QoS.AT_MOST_ONCE, true, MessageProperties.NONE))
                        .toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(slice.toArray(CompletableFuture[]::new))
                .thenComposeAsync(done -> purge(topics, end, removed + successes(slice)));
    }

    private static int successes(List<CompletableFuture<ReasonCode>> slice) {
        return (int) slice.stream().filter(code -> !code.join().isFailure()).count();
    }
}
