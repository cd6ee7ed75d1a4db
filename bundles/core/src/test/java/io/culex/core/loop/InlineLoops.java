// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** Loops that turn on the test's own thread, one iteration after the other, under a clock that the test moves. */
public final class InlineLoops implements LoopSource {
    private static final int TICK = Wheel.TICK_MILLIS;

    private final FakeClock clock = new FakeClock();
    private final List<Lane> lanes;
    private final Loops loops;

    /** Loops that stand still. */
    public InlineLoops(int count) {
        lanes = IntStream.range(0, count).mapToObj(i -> new Lane()).toList();
        loops = new Loops(IntStream.range(0, count)
                .mapToObj(i -> lanes.get(i).loop(i, count, clock))
                .toList());
        run();
    }

    /** What one loop has been given to do. */
    private static final class Lane {
        private final Deque<Runnable> tasks = new ArrayDeque<>();
        private final Deque<Runnable> ends = new ArrayDeque<>();
        private final List<Later> later = new ArrayList<>();
        private int executed;

        Loop loop(int index, int count, FakeClock clock) {
            return new Loop(
                    index,
                    count,
                    task -> {
                        executed++;
                        tasks.add(task);
                    },
                    ends::add,
                    (task, millis) -> later.add(new Later(task, clock.nanos() + millis * 1_000_000)),
                    clock);
        }

        boolean isIdle() {
            return tasks.isEmpty() && ends.isEmpty();
        }

        void iterate() {
            for (int i = tasks.size(); i > 0; i--) {
                tasks.remove().run();
            }
            for (int i = ends.size(); i > 0; i--) {
                ends.remove().run();
            }
        }

        void due(long nanos) {
            Iterator<Later> all = List.copyOf(later).iterator();
            while (all.hasNext()) {
                Later next = all.next();
                if (next.nanos() <= nanos) {
                    later.remove(next);
                    next.task().run();
                }
            }
        }
    }

    private record Later(Runnable task, long nanos) {}

    @Override
    public Loops loops() {
        return loops;
    }

    /** One of them. */
    public Loop get(int index) {
        return loops.get(index);
    }

    /** The clock of all of them. */
    public FakeClock clock() {
        return clock;
    }

    /** How often a task was handed to a loop's executor. */
    public int executed(int index) {
        return lanes.get(index).executed;
    }

    /** One iteration of one loop. */
    public void iterate(int index) {
        lanes.get(index).iterate();
    }

    /** Turns all loops until none has anything to do. */
    public void run() {
        for (int round = 0; !lanes.stream().allMatch(Lane::isIdle); round++) {
            if (round > 100_000) {
                throw new AssertionError("the loops do not come to rest");
            }
            lanes.forEach(Lane::iterate);
        }
    }

    /** Lets time pass tick by tick, with everything that is due in it. */
    public void pass(Duration time) {
        run();
        for (long left = time.toMillis(); left > 0; left -= TICK) {
            clock.pass(Duration.ofMillis(Math.min(TICK, left)));
            lanes.forEach(lane -> lane.due(clock.nanos()));
            loops.all().forEach(loop -> loop.wheel().advance());
            run();
        }
    }
}
