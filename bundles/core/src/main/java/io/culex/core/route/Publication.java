// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.message.Message;
import io.culex.api.message.Payload;
import io.culex.api.message.QoS;
import io.culex.api.store.StoredClient;
import io.culex.api.store.StoredMessage;
import io.culex.codec.Properties;
import io.culex.core.loop.Clock;
import io.culex.core.loop.Delivered;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A message that is kept: queued, in flight, retained, or handed to another loop. Immutable once it has left its maker, shared
 * by all its receivers; the garbage collector owns its bytes.
 */
public final class Publication implements Delivered {
    /** No properties. */
    public static final byte[] NO_PROPERTIES = {};

    /** Stands for no message. */
    static final Publication NONE = new Publication(new byte[0], NO_PROPERTIES, new byte[0], 0, false, 0, 0, null);

    private final byte[] topic;
    private final byte[] properties;
    private final byte[] payload;
    private final byte qos;
    private final boolean retain;
    private final long expiresAt;
    private final long source;
    private final @Nullable Subject sender;

    /** Set before anyone else sees the message, like {@link #text}. */
    private long stored;

    /** The topic of the route it came by, which all its messages share; null: it came otherwise. */
    private @Nullable String text;

    /**
     * A message.
     *
     * @param topic UTF-8, mount point applied
     * @param properties encoded properties of MQTT 5 that travel with it, without expiry and alias
     * @param expiresAt milliseconds since 1970; 0: does not expire
     * @param source the number of the receiver that published it; 0: nobody's
     * @param sender whose right to publish counts, for {@code check_retain_source}; null: nobody's
     */
    public Publication(
            byte[] topic,
            byte[] properties,
            byte[] payload,
            int qos,
            boolean retain,
            long expiresAt,
            long source,
            @Nullable Subject sender) {
        this.topic = topic;
        this.properties = properties;
        this.payload = payload;
        this.qos = (byte) qos;
        this.retain = retain;
        this.expiresAt = expiresAt;
        this.source = source;
        this.sender = sender;
    }

    /** A message of a plugin, a local session or the broker. */
    public static Publication of(Message message, long nowMillis, long source, @Nullable Subject sender) {
        long expiry = message.properties().expirySeconds();
        return new Publication(
                message.topic().getBytes(StandardCharsets.UTF_8),
                Properties.encodeForwarded(message.properties()),
                message.payload().toBytes(),
                message.qos().level(),
                message.retain(),
                expiry < 0 ? 0 : nowMillis + expiry * 1000,
                source,
                sender);
    }

    /** The message as plugins and local sessions see it, at the given level and with the given RETAIN flag. */
    public Message toMessage(int level, boolean retained, Clock clock) {
        return new Message(
                topicText(),
                Payload.wrap(payload),
                QoS.of(level),
                retained,
                Properties.decodeForwarded(properties, remainingSeconds(clock)));
    }

    /** A message that has come from the store. */
    public static Publication of(StoredMessage message) {
        StoredClient publisher = message.publisher();
        Publication made = new Publication(
                message.topic(),
                message.properties(),
                message.payload(),
                message.qos(),
                message.retain(),
                message.expiresAtMillis(),
                0,
                publisher == null
                        ? null
                        : new Subject(publisher.clientId(), publisher.username(), Peer.of(publisher.listener(), null)));
        made.stored = message.id();
        return made;
    }

    /** Stands for a message that the store had and does not give. */
    public static Publication lost(long id) {
        Publication made = new Publication(new byte[0], NO_PROPERTIES, new byte[0], 0, false, 1, 0, null);
        made.stored = id;
        return made;
    }

    /** Whether it only stands for one that the store did not give. */
    public boolean isLost() {
        return topic.length == 0;
    }

    /** The message as the store keeps it, under its id there. */
    public StoredMessage toStored() {
        StoredClient publisher = !retain || sender == null
                ? null
                : new StoredClient(
                        sender.clientId(), sender.username(), sender.peer().listener());
        return new StoredMessage(stored, topic, properties, payload, qos, retain, expiresAt, publisher);
    }

    /** Its id in the store; 0: it is not there. */
    public long stored() {
        return stored;
    }

    /** It goes to the store under that id; called by who made it, before anyone else sees it. */
    void storedAs(long id) {
        stored = id;
    }

    /** The same message to be stored once more, under an id of its own. */
    public Publication storedAgain(long id) {
        Publication again = withTopic(topic);
        again.stored = id;
        return again;
    }

    /** The same message under another topic. */
    public Publication withTopic(byte[] other) {
        return new Publication(other, properties, payload, qos, retain, expiresAt, source, sender);
    }

    /** The same message, not to be retained. */
    public Publication unretained() {
        return new Publication(topic, properties, payload, qos, false, expiresAt, source, sender);
    }

    /** UTF-8; must not be changed. */
    public byte[] topic() {
        return topic;
    }

    /** The topic as text; made at each call unless it came by a route. */
    public String topicText() {
        String shared = text;
        return shared != null ? shared : new String(topic, StandardCharsets.UTF_8);
    }

    /** It came by the route of that topic; called by who made it. What came by a route for once keeps no text of its own. */
    Publication by(Route route) {
        text = route.isForOnce() ? null : route.text();
        return this;
    }

    /** Encoded properties; must not be changed. */
    public byte[] properties() {
        return properties;
    }

    /** Must not be changed. */
    public byte[] payload() {
        return payload;
    }

    /** The level it was published at. */
    public int qos() {
        return qos;
    }

    /** The RETAIN flag as published. */
    public boolean retain() {
        return retain;
    }

    /** The number of the receiver that published it, or 0. */
    public long source() {
        return source;
    }

    /** Whose right to publish counts, or null. */
    public @Nullable Subject sender() {
        return sender;
    }

    /** Whether the Message Expiry Interval has passed. */
    public boolean isExpired(Clock clock) {
        return expiresAt != 0 && expiresAt <= clock.millis();
    }

    /** What is left of the Message Expiry Interval in seconds, at least 1 [MQTT-3.3.2-6]; -1: does not expire. */
    public long remainingSeconds(Clock clock) {
        return expiresAt == 0 ? -1 : Math.max(1, (expiresAt - clock.millis() + 999) / 1000);
    }

    @Override
    public int weight() {
        return topic.length + properties.length + payload.length;
    }

    /** Delivers to subscriptions of one loop, on that loop. */
    @Override
    public void deliver(Object receivers) {
        for (Subscription subscription : (Subscription[]) receivers) {
            if (!subscription.receiver().deliver(this, subscription)) {
                subscription.receiver().forgo(this, subscription);
            }
        }
    }
}
