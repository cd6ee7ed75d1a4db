// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf.load;

import io.culex.itests.karaf.load.LoadClient.Login;
import io.culex.testkit.Await;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A thousand clients of three listeners: two with the plugins that are exchanged, one without. Publishers of every QoS at each,
 * whose messages subscribers at each receive, some that come and go, many that are only there.
 */
public final class Crowd implements AutoCloseable {
    /** How many connections it has at least. */
    public static final int SIZE = 1000;

    private static final int MESSAGES_PER_SECOND = 6000;
    private static final int PUBLISHERS_PER_QOS = 2;
    private static final int LIVELY = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Load load;
    private final Doors doors;
    private final Login login;
    private final long begin;
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final List<Idler> idlers = new ArrayList<>();

    /**
     * Where the listeners are.
     *
     * @param guarded TCP, with plugins
     * @param unix a unix socket, with plugins
     * @param free TCP, everything is allowed
     */
    public record Doors(SocketAddress guarded, SocketAddress unix, SocketAddress free) {
        List<SocketAddress> all() {
            return List.of(guarded, unix, free);
        }
    }

    /** Comes in, and has messages flow. */
    public Crowd(Doors doors, String user, String password) throws IOException {
        this.load = new Load(MESSAGES_PER_SECOND);
        this.doors = doors;
        this.login = new Login(user, password, 60);
        for (int door = 0; door < doors.all().size(); door++) {
            subscribe("load/+", door, 2 - door);
        }
        subscribe("#", 0, 1);
        for (int i = 0; i < SIZE; i++) {
            Login its = i < LIVELY ? new Login(user, password, 2) : new Login(user, password, 0);
            Idler idler = new Idler(load, doors.all().get(i % 3), "idle-" + i, its);
            idlers.add(idler);
            load.add(idler);
        }
        Await.until(
                PATIENCE,
                () -> "everyone to be there " + load.problems(),
                () -> subscribers.stream().allMatch(Subscriber::isReady)
                        && idlers.stream().allMatch(Idler::isReady));
        for (int i = 0; i < 9 * PUBLISHERS_PER_QOS; i++) {
            Publisher publisher = new Publisher(load, doors.all().get(i % 3), "p" + i, login, i / 3 % 3);
            publishers.add(publisher);
            load.add(publisher);
        }
        for (int i = 0; i < 3; i++) {
            load.add(new Comer(load, doors.all().get(i), "comer-" + i, login, true));
        }
        begin = System.nanoTime();
        flows();
        flowsOn(1000);
    }

    /** Lets messages flow. */
    public void flows() {
        load.flows(true);
    }

    private void subscribe(String filter, int door, int qos) {
        String id = "subscriber-" + door + (filter.equals("#") ? "-all" : "");
        Subscriber subscriber = new Subscriber(load, doors.all().get(door), id, login, filter, qos);
        subscribers.add(subscriber);
        load.add(subscriber);
    }

    /** Somebody tries wrong passwords all the time, and must be refused. */
    public void triesPasswords() {
        load.add(new Comer(load, doors.guarded(), "wrong", new Login(login.user(), "wrong", 0), false));
    }

    /** {@code secret/} is published all the time: by one who may not, and by one who may, to those who may not read it. */
    public void triesTopics() {
        load.add(new Trier(load, doors.guarded(), "trier", login));
        load.add(new Trier(load, doors.free(), "teller", login));
    }

    /** Waits until so many messages more have been sent; nothing may have gone wrong. */
    public void flowsOn(int more) {
        long enough = load.sent() + more;
        Await.until(
                PATIENCE,
                () -> "messages: " + load.sent() + " of " + enough + " " + load.problems(),
                () -> load.sent() >= enough || !load.problems().isEmpty());
        check();
    }

    /** Nothing may have gone wrong. */
    public void check() {
        if (!load.problems().isEmpty()) {
            throw new AssertionError(String.join("\n", load.problems()));
        }
    }

    /** Stops the flow; everyone must have received everything. Returns how it was, for a person. */
    public String settles() {
        load.flows(false);
        Await.until(PATIENCE, () -> "the last messages: " + missing() + load.problems(), () -> missing()
                .isEmpty());
        check();
        long perSecond = (long) (load.sent() * 1e9 / (System.nanoTime() - begin));
        return load.sent() + " messages (" + perSecond + " per second), " + load.delivered.get() + " deliveries, "
                + load.logins.get() + " logins, "
                + load.tries.get() + " forbidden messages, longest wait for an answer "
                + load.longestNanos.get() / 1_000_000 + " ms";
    }

    private List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (Publisher publisher : publishers) {
            if (publisher.unacknowledged() > 0) {
                missing.add(publisher.topic() + " acknowledgements");
            }
            for (Subscriber subscriber : subscribers) {
                if (subscriber.last(publisher.topic()) != publisher.sent()) {
                    missing.add(subscriber.id + " " + publisher.topic());
                }
            }
        }
        return missing;
    }

    @Override
    public void close() throws IOException {
        load.close();
    }
}
