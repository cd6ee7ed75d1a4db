// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.bridge.loop.Clockwork;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** Time that goes on when the test says so. */
final class FakeClockwork implements Clockwork {
    private final List<Due> alarms = new ArrayList<>();
    private final Queue<Runnable> later = new ArrayDeque<>();
    private boolean busy;
    private long now = 1_000_000;

    private record Due(long at, Runnable task) {}

    @Override
    public long millis() {
        return now;
    }

    /** Whether who asks is on its loop. */
    boolean here = true;

    @Override
    public boolean isHere() {
        return here;
    }

    @Override
    public void run(Runnable task) {
        if (busy) {
            later.add(task);
        } else {
            task.run();
        }
    }

    /** The loop is busy with something else: tasks wait until {@link #goOn}. */
    void beBusy() {
        busy = true;
    }

    void goOn() {
        busy = false;
        later.forEach(Runnable::run);
        later.clear();
    }

    @Override
    public Alarm after(long millis, Runnable task) {
        Due due = new Due(now + millis, task);
        alarms.add(due);
        return () -> alarms.remove(due);
    }

    /** Lets that much time go by; what is due happens at its moment. */
    void pass(long millis) {
        long end = now + millis;
        Optional<Due> next = next(end);
        while (next.isPresent()) {
            alarms.remove(next.get());
            now = Math.max(now, next.get().at());
            next.get().task().run();
            next = next(end);
        }
        now = end;
    }

    private Optional<Due> next(long end) {
        return alarms.stream().filter(due -> due.at() <= end).min(Comparator.comparingLong(Due::at));
    }
}
