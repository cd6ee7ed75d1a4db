// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Tasks are due when the test says so. */
final class FakeScheduler extends ScheduledThreadPoolExecutor {
    private final List<Later> later = new ArrayList<>();
    private long now;

    private record Later(Runnable task, long millis) {}

    FakeScheduler() {
        super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        later.add(new Later(task, now + unit.toMillis(delay)));
        return super.schedule(() -> {}, 1, TimeUnit.DAYS);
    }

    void pass(long millis) {
        now += millis;
        for (Later next : List.copyOf(later)) {
            if (next.millis() <= now) {
                later.remove(next);
                next.task().run();
            }
        }
    }
}
