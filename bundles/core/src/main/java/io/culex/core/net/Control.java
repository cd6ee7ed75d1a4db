// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.control.ControlTopic;
import io.culex.api.message.Message;
import io.culex.api.message.MessageProperties;
import io.culex.api.message.Payload;
import io.culex.api.message.QoS;
import io.culex.codec.PublishFrame;
import io.culex.core.plugin.ControlTopics;
import io.culex.core.route.Publication;
import io.culex.core.session.Link;
import io.culex.core.session.Outgoing;
import io.culex.core.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a PUBLISH to {@code $CONTROL/...} to its topic's service and the answer to whom it is for (SPEC D.1). */
final class Control {
    private final ControlTopics topics;

    Control(ControlTopics topics) {
        this.topics = topics;
    }

    /**
     * On the connection's loop; the frame is not needed any more when this returns.
     *
     * @param topic as the client knows it; the frame may have an alias in its place
     */
    void request(Connection connection, String topic, PublishFrame frame) {
        Session session = connection.session();
        Message request = new Message(
                topic, Payload.wrap(frame.payloadBytes()), QoS.of(frame.qos()), false, frame.messageProperties());
        Link asker = session.link();
        topics.request(session.subject(), request, session.gate())
                .thenAccept(answer -> session.home().execute(() -> {
                    try {
                        answer(connection, asker, request, answer);
                    } finally {
                        answer.afterwards().run();
                    }
                }));
    }

    @SuppressWarnings("ReferenceEquality") // whoever took the session over meanwhile did not ask
    private static void answer(
            Connection connection, @Nullable Link asker, Message request, ControlTopic.Answer answer) {
        Session session = connection.session();
        String responseTopic = request.properties().responseTopic();
        String topic = responseTopic == null ? request.topic() + "/response" : responseTopic;
        Message message = new Message(
                session.mountPoint() + topic,
                Payload.of(answer.body()),
                QoS.AT_MOST_ONCE,
                false,
                properties(request.properties()));
        Publication publication = Publication.of(message, session.home().clock().millis(), 0, null);
        Link link = session.link();
        if (answer.audience() == ControlTopic.Audience.SUBSCRIBERS && responseTopic == null) {
            connection.services().router().publish(session.home(), publication);
        } else if (link != null && link == asker) {
            // Never by way of the router: a Response Topic may be one that the client must not publish to.
            link.send(publication, Outgoing.of(0, false, 0), 0, false);
        }
    }

    private static MessageProperties properties(MessageProperties asked) {
        Payload correlation = asked.responseTopic() == null ? null : asked.correlationData();
        return correlation == null
                ? MessageProperties.NONE
                : new MessageProperties(false, -1, null, null, correlation, List.of());
    }
}
