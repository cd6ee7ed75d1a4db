// SPDX-License-Identifier: Apache-2.0
package io.culex.core.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.metrics.Metric;
import io.culex.core.loop.Clock;
import io.culex.core.loop.Counter;
import io.culex.core.loop.Loop;
import io.culex.core.loop.Loops;
import io.culex.core.plugin.CoreLog;
import io.culex.core.plugin.Current;
import io.culex.core.plugin.Observers;
import io.culex.core.route.Router;
import io.culex.core.session.Attachment;
import io.culex.core.session.Directory;
import io.culex.core.session.Identity;
import io.culex.core.session.Link;
import io.culex.core.session.Services;
import io.culex.core.session.Standing;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CoreMetricsTest {
    private final FixedClock clock = new FixedClock();
    private final Loop first = new Loop(0, 2, Runnable::run, Runnable::run, (task, millis) -> {}, clock);
    private final Loop second = new Loop(1, 2, Runnable::run, Runnable::run, (task, millis) -> {}, clock);
    private final Loops loops = new Loops(List.of(first, second));
    private final CoreLog log = new CoreLog();
    private final Services services = new Services(
            loops, new Router(loops, clock, new Current()), new Directory(), new Current(), new Observers(log), log);
    private final CoreMetrics metrics = new CoreMetrics(services, clock);

    private static final class FixedClock implements Clock {
        private long seconds = 1_000;

        @Override
        public long millis() {
            return seconds * 1000;
        }

        @Override
        public long nanos() {
            return seconds * 1_000_000_000;
        }
    }

    @Test
    void everyNameIsGivenOnce() {
        Set<String> names = new HashSet<>();
        for (Metric metric : metrics.metrics()) {
            assertTrue(names.add(metric.name()), metric.name());
            assertTrue(metric.name().matches("[a-z][a-z0-9_]*"), metric.name());
        }
    }

    @Test
    void countersAreSummedOverTheLoops() {
        first.counters().add(Counter.BYTES_RECEIVED, 40);
        second.counters().add(Counter.BYTES_RECEIVED, 2);
        second.counters().add(Counter.PUBLISH_DROPPED, 3);
        assertEquals(42, value("bytes_received"));
        assertEquals(3, value("mqtt_publish_dropped"));
        assertEquals(0, value("bytes_sent"));
    }

    @Test
    void eachPacketTypeHasItsOwnMetrics() {
        first.counters().received(1);
        first.counters().sent(2, 1);
        second.counters().received(15);
        second.counters().sent(9, 4);
        assertEquals(1, value("mqtt_connect_received"));
        assertEquals(0, value("mqtt_connect_sent"));
        assertEquals(1, value("mqtt_connack_sent"));
        assertEquals(1, value("mqtt_auth_received"));
        assertEquals(4, value("mqtt_suback_sent"));
        long packets = metrics.metrics().stream()
                .filter(metric -> metric.name().matches("mqtt_[a-z]+_(received|sent)"))
                .filter(metric -> !metric.name().startsWith("mqtt_packets_"))
                .count();
        assertEquals(30, packets);
    }

    @Test
    void messagesAndTheirPayloadAreCountedForTheSameOnes() {
        // A bridge of this broker counts these, and writes no packets on a loop.
        first.counters().increment(Counter.PUBLISH_SENT);
        first.counters().add(Counter.PUBLISH_BYTES_SENT, 5);
        second.counters().increment(Counter.PUBLISH_RECEIVED);
        second.counters().add(Counter.PUBLISH_BYTES_RECEIVED, 7);
        assertEquals(1, value("mqtt_publish_sent"));
        assertEquals(5, value("pub_bytes_sent"));
        assertEquals(1, value("mqtt_publish_received"));
        assertEquals(7, value("pub_bytes_received"));
    }

    @Test
    void theMessageStoreIsWhatIsRetainedAndWhatWaits() {
        second.counters().add(Counter.QUEUED_MESSAGES, 5);
        second.counters().add(Counter.QUEUED_BYTES, 500);
        assertEquals(5, value("message_store_count"));
        assertEquals(500, value("message_store_bytes"));
        assertEquals(0, value("retained_messages"));
    }

    @Test
    void sessionsOfTheBrokerItselfAreNoClients() {
        open("watcher", Standing.SYSTEM);
        assertEquals(0, value("sessions"));
        assertEquals(0, value("clients_maximum"));
        open("someone", Standing.CLIENT);
        open("bridge", Standing.BRIDGE);
        first.counters().add(Counter.CLIENTS_CONNECTED, 1);
        assertEquals(2, value("sessions"));
        assertEquals(2, value("clients_maximum"));
        assertEquals(2, value("clients_online"));
        assertEquals(0, value("clients_offline"));
        assertEquals(1, value("clients_connected"));
        assertEquals(1, value("clients_disconnected"));
    }

    @Test
    void theMostClientsAtATimeAreThoseOfThatTime() {
        Runnable watcher = open("watcher", Standing.SYSTEM);
        open("another", Standing.SYSTEM);
        watcher.run();
        assertEquals(0, value("clients_maximum"));
        open("someone", Standing.CLIENT);
        Runnable someone = open("someone", Standing.CLIENT);
        assertEquals(1, value("clients_maximum"), "taken over");
        open("third", Standing.SYSTEM);
        assertEquals(1, value("clients_maximum"), "a session of the broker itself has come");
        someone.run();
        open("next", Standing.CLIENT);
        assertEquals(1, value("clients_maximum"), "one has gone before the next has come");
        open("bridge", Standing.BRIDGE);
        assertEquals(2, value("sessions"));
        assertEquals(2, value("clients_maximum"));
    }

    @Test
    void theHeapNeverExceedsItsMaximum() {
        double current = value("heap_current");
        assertTrue(current > 0);
        assertTrue(value("heap_maximum") >= current);
    }

    @Test
    void upTimeBeginsWithTheComponent() {
        assertEquals(0, value("uptime"));
        clock.seconds += 75;
        assertEquals(75, value("uptime"));
    }

    /** Returns what ends the connection, and with it the session. */
    private Runnable open(String clientId, Standing standing) {
        Link link = link();
        List<Runnable> ends = new ArrayList<>();
        services.directory().claim(new Identity("", clientId), services, first, session -> {
            Subject subject = new Subject(clientId, null, Peer.of("", null));
            session.attach(link, new Attachment(true, subject, standing, 0, null));
            ends.add(() -> session.detach(link, true));
        });
        return ends.get(0);
    }

    /** A link that nobody sends to. */
    private static Link link() {
        Class<Link> type = Link.class;
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> method.getReturnType() == int.class ? 5 : null));
    }

    private double value(String name) {
        List<Double> values = new ArrayList<>();
        metrics.metrics().stream().filter(metric -> metric.name().equals(name)).forEach(metric -> metric.reader()
                .accept((value, labels) -> values.add(value)));
        assertEquals(1, values.size(), name);
        return values.get(0);
    }
}
