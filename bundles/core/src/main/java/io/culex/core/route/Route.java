// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import io.culex.core.loop.Loop;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A topic compiled to its receivers, as one loop knows it. Belongs to that loop; the arrays in it are immutable. */
public final class Route {
    private static final Subscription[] NONE = {};
    private final byte[] topic;
    private final String text;
    private final int hash;
    private final int first;
    private final int second;
    private final TopicsSeen topicsSeen;
    private final int loop;
    private TopicsSeen.@Nullable Entry seen;
    private boolean once = true;
    private long version;
    private Subscription[] local = NONE;
    private Subscription[] kept = NONE;
    private @Nullable Subscription @Nullable [] @Nullable [] remote;
    private ShareGroup @Nullable [] groups;
    private int fanOut;

    Route(byte[] topic, int hash, RouteVersions versions, TopicsSeen seen, int loop) {
        this.topic = topic;
        this.text = new String(topic, StandardCharsets.UTF_8);
        this.hash = hash;
        RouteVersions.Slots slots = versions.slots(text);
        this.first = slots.first();
        this.second = slots.second();
        this.version = -1;
        this.topicsSeen = seen;
        this.loop = loop;
    }

    /** The topic in UTF-8; shared by everything that is published to it, must not be changed. */
    public byte[] topic() {
        return topic;
    }

    /** The topic as text. */
    public String text() {
        return text;
    }

    /** Whether it is used for one message and then looked up again: its topic has not been met before. */
    boolean isForOnce() {
        return once;
    }

    /** It is kept for the messages that follow. */
    void keep() {
        once = false;
    }

    /** It is kept no more: who still has it looks its topic up again. */
    void dropped() {
        once = true;
    }

    /** Whether its receivers are those that there are; what was never compiled is not. */
    boolean isCurrent(RouteVersions versions) {
        return version == versions.version(first, second);
    }

    /** Notes that a message was published to the topic. Of topics that nobody was allowed to publish to, none is remembered. */
    public void seen(String clientId, long millis) {
        TopicsSeen.Entry entry = seen;
        if (entry == null) {
            entry = topicsSeen.entry(text, loop);
            seen = entry;
        }
        entry.seen(clientId, millis);
    }

    int hash() {
        return hash;
    }

    boolean isFor(byte[] bytes, int length, int hashOfBytes) {
        return hash == hashOfBytes && Arrays.equals(topic, 0, topic.length, bytes, 0, length);
    }

    Subscription[] local() {
        return local;
    }

    @Nullable
    Subscription @Nullable [] @Nullable [] remote() {
        return remote;
    }

    ShareGroup @Nullable [] groups() {
        return groups;
    }

    /** How many receivers a message has, before anyone asks what they may receive. */
    int fanOut() {
        return fanOut;
    }

    private int count() {
        int count = local.length + (groups == null ? 0 : groups.length);
        if (remote != null) {
            for (@Nullable Subscription[] there : remote) {
                count += there == null ? 0 : there.length;
            }
        }
        return count;
    }

    /** Those, on whatever loop, whose session the store keeps. */
    Subscription[] kept() {
        return kept;
    }

    /** Whether what is published at that QoS may go to a session that the store keeps. */
    public boolean reachesKept(int qos) {
        return qos > 0 && (kept.length > 0 || groups != null);
    }

    /** Compiles the receivers again when subscriptions that concern the topic have changed. */
    void refresh(TopicTree tree, ReceiverCollector collector, Loop own) {
        // Read before the walk: a change that the walk misses makes the next look-up compile again.
        long now = tree.versions().version(first, second);
        if (now != version) {
            collector.collect(tree, text);
            local = collector.on(own.index());
            remote = collector.elsewhere(own.index());
            groups = collector.groups();
            kept = collector.kept();
            fanOut = count();
            version = now;
        }
    }
}
