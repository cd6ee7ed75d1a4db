// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.control.ControlTopic;
import io.culex.api.message.Message;
import io.culex.api.message.MessageProperties;
import io.culex.api.message.Payload;
import io.culex.api.message.QoS;
import io.culex.codec.PublishFrame;
import io.culex.core.loop.Timer;
import io.culex.core.plugin.ControlTopics;
import io.culex.core.plugin.Gate;
import io.culex.core.route.Publication;
import io.culex.core.session.Link;
import io.culex.core.session.Outgoing;
import io.culex.core.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a client's PUBLISH to {@code $CONTROL/...} to its topic's service and the answer to whom it is for (SPEC D.1). Until that is
 * there nothing is read of the client but acknowledgements and PINGREQ, so that it cannot ask faster than it is answered; but a
 * service that never answers holds it no longer than a missing one would. On the connection's loop.
 */
final class Control {
    private static final long SHORTEST_MILLIS = 1_000;

    private final Connection connection;
    private final ControlTopics topics;
    private final Timer patience = new Timer() {
        @Override
        protected void expired() {
            connection.resume(Pause.CONTROL);
        }
    };
    private long requests;

    Control(Connection connection) {
        this.connection = connection;
        this.topics = connection.net().controls();
    }

    /**
     * The frame is not needed any more when this returns.
     *
     * @param topic as the client knows it; the frame may have an alias in its place
     * @param by the gate that let it through
     */
    void request(String topic, PublishFrame frame, Gate by) {
        Session session = connection.session();
        Message request = new Message(
                topic, Payload.wrap(frame.payloadBytes()), QoS.of(frame.qos()), false, frame.messageProperties());
        Link asker = session.link();
        long number = hold();
        topics.request(session.subject(), request, by)
                .thenAccept(answer -> session.home().execute(() -> {
                    try {
                        answer(asker, request, answer);
                    } finally {
                        try {
                            answer.afterwards().run();
                        } finally {
                            answered(number);
                        }
                    }
                }));
    }

    /** The connection is over: nobody waits for an answer. */
    void closed() {
        connection.loop().wheel().disarm(patience);
    }

    private long hold() {
        long longest =
                connection.doorway().broker().sessions().pluginSwapTimeout().toMillis();
        connection.pause(Pause.CONTROL);
        connection.loop().wheel().arm(patience, Math.max(SHORTEST_MILLIS, longest));
        return ++requests;
    }

    /** Of an answer that has come too late, nobody waits for it any more. */
    private void answered(long number) {
        if (number == requests) {
            connection.loop().wheel().disarm(patience);
            connection.resume(Pause.CONTROL);
        }
    }

    @SuppressWarnings("ReferenceEquality") // whoever took the session over meanwhile did not ask
    private void answer(@Nullable Link asker, Message request, ControlTopic.Answer answer) {
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
