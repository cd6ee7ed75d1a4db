// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import io.culex.api.auth.Subject;
import io.culex.api.message.Message;
import io.culex.api.message.Payload;
import io.culex.api.message.QoS;
import io.culex.codec.Properties;
import io.culex.core.loop.Clock;
import io.culex.core.loop.Delivered;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A message that is kept: queued, in flight, retained, or handed to another loop. Immutable, shared by all its receivers; the
 * garbage collector owns its bytes.
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

    /** The same message under another topic. */
    public Publication withTopic(byte[] other) {
        return new Publication(other, properties, payload, qos, retain, expiresAt, source, sender);
    }

    /** UTF-8; must not be changed. */
    public byte[] topic() {
        return topic;
    }

    /** The topic as text; made at each call. */
    public String topicText() {
        return new String(topic, StandardCharsets.UTF_8);
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

    /** Delivers to subscriptions of one loop, on that loop. */
    @Override
    public void deliver(Object receivers) {
        for (Subscription subscription : (Subscription[]) receivers) {
            subscription.receiver().deliver(this, subscription);
        }
    }
}
