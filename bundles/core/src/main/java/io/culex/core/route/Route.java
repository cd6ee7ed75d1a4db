// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import io.culex.core.loop.Loop;
import io.culex.core.loop.Loops;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A topic compiled to its receivers, as one loop knows it. Belongs to that loop; the arrays in it are immutable. */
public final class Route {
    private static final Subscription[] NONE = {};
    private static final Comparator<Subscription> BEST_FIRST =
            Comparator.comparingInt(Subscription::qos).reversed();

    private final byte[] topic;
    private final String text;
    private final int hash;
    private final int first;
    private final int second;
    private final TopicsSeen.Entry seen;
    private long version;
    private Subscription[] local = NONE;
    private @Nullable Subscription @Nullable [] @Nullable [] remote;
    private ShareGroup @Nullable [] groups;

    Route(byte[] topic, int hash, RouteVersions versions, TopicsSeen seen, int loop) {
        this.topic = topic;
        this.text = new String(topic, StandardCharsets.UTF_8);
        this.hash = hash;
        RouteVersions.Slots slots = versions.slots(text);
        this.first = slots.first();
        this.second = slots.second();
        this.version = -1;
        this.seen = seen.entry(text, loop);
    }

    /** The topic in UTF-8; shared by everything that is published to it, must not be changed. */
    public byte[] topic() {
        return topic;
    }

    /** The topic as text. */
    public String text() {
        return text;
    }

    /** Notes that a message was published to the topic. */
    public void seen(String clientId, long millis) {
        seen.seen(clientId, millis);
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

    /** Compiles the receivers again when subscriptions that concern the topic have changed. */
    void refresh(TopicTree tree, Loops loops, Loop own) {
        // Read before the walk: a change that the walk misses makes the next look-up compile again.
        long now = tree.versions().version(first, second);
        if (now != version) {
            compile(tree, loops, own);
            version = now;
        }
    }

    private void compile(TopicTree tree, Loops loops, Loop own) {
        List<List<Subscription>> byLoop = new ArrayList<>();
        loops.all().forEach(loop -> byLoop.add(new ArrayList<>()));
        List<ShareGroup> shared = new ArrayList<>();
        tree.match(text, new TopicTree.Sink() {
            @Override
            public void subscription(Subscription subscription) {
                byLoop.get(subscription.receiver().home().index()).add(subscription);
            }

            @Override
            public void group(ShareGroup group) {
                shared.add(group);
            }
        });
        // A client that gets one copy of overlapping subscriptions gets the first, and that is to be the one of the
        // highest
        // QoS [MQTT-3.3.5-1].
        byLoop.forEach(list -> list.sort(BEST_FIRST));
        local = byLoop.get(own.index()).toArray(Subscription[]::new);
        byLoop.get(own.index()).clear();
        groups = shared.isEmpty() ? null : shared.toArray(ShareGroup[]::new);
        remote = byLoop.stream().allMatch(List::isEmpty)
                ? null
                : byLoop.stream()
                        .map(list -> list.isEmpty() ? null : list.toArray(Subscription[]::new))
                        .toArray(Subscription[][]::new);
    }
}
