// SPDX-License-Identifier: Apache-2.0
package io.culex.benchmarks;

import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.QoS;
import io.culex.core.loop.Clock;
import io.culex.core.loop.Loop;
import io.culex.core.loop.Loops;
import io.culex.core.plugin.Current;
import io.culex.core.route.Inbound;
import io.culex.core.route.Publication;
import io.culex.core.route.Receiver;
import io.culex.core.route.Route;
import io.culex.core.route.Router;
import io.culex.core.route.ShareGroup;
import io.culex.core.route.Subscription;
import io.culex.core.route.TopicTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Finds the subscriptions of a topic among many wildcard filters, of which exactly one matches each topic. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class MatchTopic {
    @Param({"1000", "100000"})
    int filters;

    private final Loop loop = new Loop(0, 1, Runnable::run, Runnable::run, (task, millis) -> {}, Clock.SYSTEM);
    private final Router router = new Router(new Loops(List.of(loop)), Clock.SYSTEM, new Current());
    private byte[][] topics = {};
    private String[] texts = {};
    private int next;

    /** Fills the tree. */
    @Setup
    public void fill() {
        Nobody receiver = new Nobody(loop);
        topics = new byte[filters][];
        texts = new String[filters];
        for (int i = 0; i < filters; i++) {
            String filter = "plant/" + i % 100 + "/+/device" + i + "/#";
            router.tree().add(new Subscription(receiver, filter, SubscribeOptions.of(QoS.AT_MOST_ONCE)), null);
            texts[i] = "plant/" + i % 100 + "/hall/device" + i + "/temperature";
            topics[i] = texts[i].getBytes(StandardCharsets.UTF_8);
        }
    }

    /** The walk that compiles a route. */
    @Benchmark
    public void walk(Blackhole hole) {
        next = next + 1 == filters ? 0 : next + 1;
        router.tree().match(texts[next], new TopicTree.Sink() {
            @Override
            public void subscription(Subscription subscription) {
                hole.consume(subscription);
            }

            @Override
            public void group(ShareGroup group) {
                hole.consume(group);
            }
        });
    }

    /** What a PUBLISH does when its topic is known. */
    @Benchmark
    public Route route() {
        next = next + 1 == filters ? 0 : next + 1;
        byte[] topic = topics[next];
        return router.route(loop, topic, topic.length);
    }

    /** A receiver that is never given anything. */
    private record Nobody(Loop home) implements Receiver {
        @Override
        public boolean isOnline() {
            return true;
        }

        @Override
        public boolean isCongested() {
            return false;
        }

        @Override
        public void awaitRelief(Runnable relief) {
            relief.run();
        }

        @Override
        public long number() {
            return 1;
        }

        @Override
        public void deliver(Inbound message, Subscription by) {
            throw new IllegalStateException("nothing is published here");
        }

        @Override
        public boolean deliver(Publication message, Subscription by) {
            throw new IllegalStateException("nothing is published here");
        }

        @Override
        public void forgo(Publication message, Subscription by) {}
    }
}
