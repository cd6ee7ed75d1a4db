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
        topics.request(session.subject(), request)
                .thenAccept(answer -> session.home().execute(() -> answer(connection, request.topic(), answer)));
    }

    private static void answer(Connection connection, String topic, ControlTopic.Answer answer) {
        Session session = connection.session();
        Message message = new Message(
                session.mountPoint() + topic + "/response",
                Payload.of(answer.body()),
                QoS.AT_MOST_ONCE,
                false,
                MessageProperties.NONE);
        Publication publication = Publication.of(message, session.home().clock().millis(), 0, null);
        if (answer.audience() == ControlTopic.Audience.SUBSCRIBERS) {
            connection.services().router().publish(session.home(), publication);
            return;
        }
        Link link = session.link();
        if (link != null) {
            link.send(publication, Outgoing.of(0, false, 0), 0, false);
        }
    }
}
