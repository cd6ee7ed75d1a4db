// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.net;

import io.culex.cli.ctrl.option.Options;
import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import io.culex.codec.Connack;
import io.culex.codec.Connect;
import io.culex.codec.Properties;
import io.culex.codec.ProtocolVersion;
import io.culex.security.tls.KeyPassword;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** A client that is connected. One thread at a time. */
final class Session implements Closeable {
    private static final int KEEP_ALIVE_SECONDS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final Options.Conversation conversation;
    private final Link link;
    private final Outgoing out;
    private final Incoming in;
    private final Set<String> subscribed = new HashSet<>();
    private volatile boolean closed;

    private Session(Options options, Link link, Consumer<String> debug) {
        this.conversation = options.conversation();
        this.link = link;
        this.out = new Outgoing(link.out(), conversation.version(), debug);
        this.in = new Incoming(link.in(), out, conversation.version(), debug);
    }

    /**
     * Connects; blocks.
     *
     * @param password of an encrypted key
     * @param debug takes a line for each packet
     * @throws FailedException when there is no connection, or the broker refuses the client
     */
    static Session open(Options options, KeyPassword password, Consumer<String> debug) throws FailedException {
        Session session = new Session(options, new Dial(options, password).open(), debug);
        try {
            session.begin(options.login());
            return session;
        } catch (FailedException e) {
            session.close();
            throw e;
        }
    }

    private void begin(Options.Login login) throws FailedException {
        start("reader", in);
        String password = login.password();
        Connect packet = Connect.of(conversation.version(), clientId(login), true, KEEP_ALIVE_SECONDS)
                .withCredentials(login.username(), password == null ? null : password.getBytes(StandardCharsets.UTF_8));
        writing(() -> {
            out.connect(packet);
            return 0;
        });
        Connack answer = await(event ->
                event instanceof Event.Connected connected ? Optional.of(connected.packet()) : Optional.empty());
        check(answer);
        int wanted = answer.properties().serverKeepAlive();
        int seconds = wanted < 0 ? KEEP_ALIVE_SECONDS : wanted;
        if (seconds > 0) {
            start("keep alive", () -> keepAlive(Duration.ofSeconds(seconds).dividedBy(2)));
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Without an answer to a ping until the next the other end is gone, though the network has said nothing. */
    private void keepAlive(Duration pause) {
        long askedAt = 0;
        boolean asked = false;
        try {
            while (!closed) {
                Thread.sleep(pause.toMillis());
                if (!asked || in.hasHeardSince(askedAt)) {
                    asked = true;
                    askedAt = System.nanoTime();
                } else if (System.nanoTime() - askedAt >= PATIENCE.toNanos()) {
                    in.lost("the broker does not answer pings");
                    link.close();
                    return;
                }
                out.ping();
            }
        } catch (InterruptedException | IOException | UncheckedIOException e) {
            // The reader finds out, too, and tells.
        }
    }

    private String clientId(Options.Login login) {
        String given = login.clientId();
        if (given != null || conversation.version().isV5()) {
            return given == null ? "" : given;
        }
        StringBuilder id = new StringBuilder("mosq-");
        new SecureRandom().ints(18, 0, ALPHABET.length()).forEach(at -> id.append(ALPHABET.charAt(at)));
        return id.toString();
    }

    private void check(Connack answer) throws FailedException {
        if (answer.code() == 0) {
            return;
        }
        boolean v5 = conversation.version() == ProtocolVersion.MQTT_5;
        String hint = v5 && answer.code() == 0x84 ? ". Try -V 311" : "";
        throw new FailedException(
                ExitStatus.REFUSED_CONNECTION,
                "Connection error: " + (v5 ? Reasons.of(answer.code()) : Reasons.connect(answer.code())) + hint);
    }

    /** Subscribes, unless that was done already; blocks. */
    void subscribe(String filter) throws FailedException {
        if (subscribed.contains(filter)) {
            return;
        }
        int packetId = writing(() -> out.subscribe(filter, conversation.qos()));
        int code = await(event -> event instanceof Event.Subscribed answer && answer.packetId() == packetId
                ? Optional.of(answer.code())
                : Optional.empty());
        if (code >= 0x80) {
            throw new FailedException(
                    ExitStatus.NO_ACCESS,
                    "Subscribe error: " + (conversation.version().isV5() ? Reasons.of(code) : "Subscription refused."));
        }
        subscribed.add(filter);
    }

    /** Publishes and waits for the message that answers it; blocks. What may be the answer is it if no other comes soon. */
    <T> T exchange(String topic, Properties properties, byte[] payload, Answers<T> answers) throws FailedException {
        in.events().removeIf(event -> event instanceof Event.Arrived);
        int packetId = writing(() -> out.publish(topic, conversation.qos(), properties, payload));
        Wanted<T> answer = event -> answer(event, packetId, answers);
        T first = await(event -> {
            Optional<T> found = answer.in(event);
            return found.isPresent() ? found : answers.perhaps();
        });
        return answers.perhaps().isEmpty() ? first : betterThan(first, answer);
    }

    private <T> T betterThan(T first, Wanted<T> answer) {
        try {
            return await(PATIENCE, answer).orElse(first);
        } catch (FailedException e) {
            // The broker has answered already; the next command finds the connection as it is.
            return first;
        }
    }

    private static <T> Optional<T> answer(Event event, int packetId, Answers<T> answers) throws FailedException {
        if (event instanceof Event.Acknowledged end
                && end.packetId() == packetId
                && end.reason().isFailure()) {
            throw new FailedException(
                    ExitStatus.NO_ACCESS,
                    "Publish error: " + Reasons.of(end.reason().code()));
        }
        return event instanceof Event.Arrived message
                ? answers.in(message.topic(), message.payload())
                : Optional.empty();
    }

    /** Looks for an answer in the messages that come. */
    interface Answers<T> {
        /** The answer, when it is in this message. */
        Optional<T> in(String topic, byte[] payload) throws FailedException;

        /** What may be the answer and has come so far. */
        Optional<T> perhaps();
    }

    /** Finds what is waited for in an event, or passes it over. */
    private interface Wanted<T> {
        Optional<T> in(Event event) throws FailedException;
    }

    private <T> T await(Wanted<T> wanted) throws FailedException {
        return await(conversation.limit(), wanted)
                .orElseThrow(() -> new FailedException(
                        ExitStatus.TIMEOUT,
                        "Error: Timed out: no answer within "
                                + conversation.limit().toSeconds() + " s."));
    }

    /** Nothing when the time is over. */
    private <T> Optional<T> await(Duration limit, Wanted<T> wanted) throws FailedException {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                Event event = in.events().poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (event == null) {
                    return Optional.empty();
                }
                if (event instanceof Event.Ended ended) {
                    in.events().add(ended);
                    throw new FailedException(ended.status(), "Error: " + ended.reason() + ".");
                }
                Optional<T> found = wanted.in(event);
                if (found.isPresent()) {
                    return found;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException(ExitStatus.LOST, "Error: Interrupted.", e);
        }
    }

    private int writing(IntSupplier write) throws FailedException {
        try {
            return write.getAsInt();
        } catch (UncheckedIOException e) {
            // What has come in last says more: the alert of TLS, the DISCONNECT of the broker.
            await(PATIENCE, event -> Optional.empty());
            throw new FailedException(
                    ExitStatus.LOST, "Error: The connection was lost: " + Reasons.of(new IOException(e)) + ".", e);
        }
    }

    /** Says goodbye, as far as that is possible. */
    @Override
    public void close() {
        closed = true;
        TimeLimit patience = new TimeLimit(conversation.limit(), link);
        try (link) {
            out.disconnect();
        } catch (UncheckedIOException | IOException e) {
            // There is nobody to say it to.
        } finally {
            patience.close();
        }
    }
}
