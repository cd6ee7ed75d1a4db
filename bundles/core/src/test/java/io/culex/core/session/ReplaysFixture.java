// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.QoS;
import io.culex.core.route.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;

/** A client with a link that a test makes ready, and retained messages for it. */
abstract class ReplaysFixture {
    final SessionHall hall = new SessionHall();
    final FakeLink link = new FakeLink(SessionHall.DOOR);
    final Session session = hall.connect("id", link);

    @AfterEach
    void stop() {
        hall.plugins.close();
    }

    Set<String> retain(String prefix, int count) {
        Set<String> topics = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            hall.publish(0, prefix + i, "x", 1, true);
            topics.add(prefix + i);
        }
        return topics;
    }

    Subscription subscribed(String filter, int qos) {
        SubscribeOptions options = SubscribeOptions.of(QoS.of(qos));
        return Objects.requireNonNull(session.subscriptions()
                .subscribe(filter, options, 2, session.gate())
                .replays());
    }

    void read() {
        link.ready = true;
        session.resume();
        hall.loops.run();
    }

    /** The topics of all that comes while everything is acknowledged. */
    List<String> takeAll(FakeLink from) {
        List<String> got = new ArrayList<>();
        for (List<String> sent = from.take(); !sent.isEmpty(); sent = from.take()) {
            for (String packet : sent) {
                String[] words = packet.replace(" dup", "").split("[ #=]+");
                got.add(words[3]);
                session.outbox().acknowledged(Integer.parseInt(words[1]), 1);
            }
            hall.loops.run();
        }
        return got;
    }
}
