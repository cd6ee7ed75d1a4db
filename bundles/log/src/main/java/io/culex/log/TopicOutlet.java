// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

import io.culex.api.local.Publisher;
import io.culex.api.log.LogType;
import io.culex.api.message.Message;
import io.culex.api.message.MessageProperties;
import io.culex.api.message.Payload;
import io.culex.api.message.QoS;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lines as messages under {@code $SYS/broker/log/}. Debug lines never go there: each would make the next. */
final class TopicOutlet implements Outlet {
    private static final String TOPICS = "$SYS/broker/log/";
    private static final MessageProperties EXPIRY = new MessageProperties(false, 20, null, null, null, List.of());

    private final Supplier<@Nullable Publisher> publisher;

    TopicOutlet(Supplier<@Nullable Publisher> publisher) {
        this.publisher = publisher;
    }

    @Override
    public String name() {
        return "topic";
    }

    @Override
    public void write(Line line, byte[] formatted) {
        Publisher target = publisher.get();
        if (target != null && line.type() != LogType.DEBUG && line.type() != LogType.INTERNAL) {
            Payload payload = Payload.wrap(formatted.clone());
            target.publish(new Message(TOPICS + line.type().topic(), payload, QoS.EXACTLY_ONCE, false, EXPIRY));
        }
    }
}
