// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.crash;

import io.culex.testkit.Ack;
import io.culex.testkit.Connect;
import io.culex.testkit.Packet;
import io.culex.testkit.PacketType;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A subscriber that is seldom there: it comes, takes its whole queue, and leaves. */
final class Absentee {
    private static final String END = "crash/end";

    private final String name;
    private final Set<Integer> unreleased = new HashSet<>();
    private int visits;

    Absentee(String name) {
        this.name = name;
    }

    /** What has come in one visit: topic and number of each message, in order. */
    record Visit(boolean hadSession, List<String> messages) {}

    /** Comes for its queue; without a session it begins one, and nothing has come. */
    Visit visit(Round round) {
        try (WireClient client = round.open()) {
            boolean hadSession =
                    client.connect(Connect.as(name).resume().expiry(100_000)).sessionPresent();
            List<String> messages = new ArrayList<>();
            if (hadSession) {
                take(client, messages);
            } else {
                unreleased.clear();
                client.subscribe("crash/#", 2);
            }
            client.disconnect();
            return new Visit(hadSession, messages);
        }
    }

    /** Everything before a message of its own, which is the last of the queue. */
    private void take(WireClient client, List<String> messages) {
        String end = "visit " + ++visits;
        client.send(Publish.to(END, end).qos(1, client.nextId()));
        boolean isOver = false;
        while (!isOver || !unreleased.isEmpty()) {
            Packet packet = client.receive();
            if (packet instanceof Publish publish && publish.qos() == 1) {
                isOver |= note(publish, end, messages);
                client.send(Ack.puback(publish.id()));
            } else if (packet instanceof Publish publish) {
                if (unreleased.add(publish.id())) {
                    isOver |= note(publish, end, messages);
                }
                client.send(Ack.pubrec(publish.id()));
            } else if (packet instanceof Ack ack && ack.type() == PacketType.PUBREL) {
                unreleased.remove(ack.id());
                client.send(Ack.pubcomp(ack.id()));
            }
        }
    }

    private static boolean note(Publish publish, String end, List<String> messages) {
        if (publish.topic().equals(END)) {
            return publish.text().equals(end);
        }
        int number = Integer.parseInt(publish.text().substring(0, publish.text().indexOf(' ')));
        if (!publish.text().equals(Publisher.text(number))) {
            throw new AssertionError(publish.topic() + " " + number + " is not what was published: " + publish);
        }
        messages.add(publish.topic() + " " + number);
        return false;
    }
}
