// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

import io.culex.api.store.Kept;
import io.culex.api.store.Loaded;
import io.culex.api.store.MessageStore;
import io.culex.api.store.StoreLane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One loop's account with the store: what it has given, how far that is kept, and who waits for it. Whoever must not speak
 * before something is kept takes the {@link #mark} after giving it and waits for that. While the store is exchanged, what is
 * given waits here, in order. On the loop, unless said otherwise; without a store it is off and nobody gives it anything.
 */
public final class Ledger {
    private final Loop loop;
    private final Queue<Entry> waiting = new ArrayDeque<>();
    private final Withheld withheld = new Withheld();
    private final List<Runnable> putOff = new ArrayList<>();
    private StoreLane lane = withheld;
    private @Nullable MessageStore store;
    private long given;
    private boolean failed;
    private volatile boolean on;
    private volatile long kept;
    private volatile boolean awaited;

    /** Somebody who waits for a mark. */
    public interface Awaiting {
        /** It is kept. */
        void kept();

        /** It never will be: nothing that depends on it may be said. */
        void failed();
    }

    private record Entry(long mark, Awaiting who) {}

    Ledger(Loop loop) {
        this.loop = loop;
    }

    /** Whether there is a store, or is to be one. Any thread. */
    public boolean isOn() {
        return on;
    }

    /** Whether the store is being exchanged. */
    public boolean isAway() {
        return on && lane == withheld && !failed;
    }

    /** Whether messages can be kept now; false for want of space, or when the store has failed. */
    public boolean takesMessages() {
        MessageStore now = store;
        return !failed && (now == null || now.state() == MessageStore.State.READY);
    }

    /** The store is there, or there again; what was withheld goes to it first. */
    public void open(MessageStore opened) {
        on = true;
        store = opened;
        long before = given - withheld.size();
        StoreLane now = opened.lane(new Kept() {
            @Override
            public void kept(long operation) {
                keptUpTo(before + operation);
            }

            @Override
            public void failed(Throwable cause) {
                loop.execute(Ledger.this::fail);
            }
        });
        lane = now;
        withheld.passOn(now);
        List<Runnable> due = List.copyOf(putOff);
        putOff.clear();
        due.forEach(Runnable::run);
    }

    /** The store goes to be exchanged; what it was given it keeps before it is gone. */
    public void away() {
        lane = withheld;
        store = null;
    }

    /** Runs a task now, or, while the store is exchanged, as soon as it is there again. */
    public void whenThere(Runnable task) {
        if (isAway()) {
            putOff.add(task);
        } else {
            task.run();
        }
    }

    /**
     * The lane, for exactly one operation. While the store is away it takes those that name no new message; who publishes
     * waits ({@link #whenThere}).
     */
    public StoreLane give() {
        given++;
        return lane;
    }

    /** An id for a message; only while the store is not away. */
    public long newMessage() {
        return lane.newMessage();
    }

    /** Bytes that the store has taken and not written yet. */
    public long backlog() {
        return lane.backlog();
    }

    /** Asks for messages; only while the store is not away. {@code loaded} is told on the store's thread. */
    public void load(long[] messages, Loaded loaded) {
        lane.load(messages, loaded);
    }

    /** Stands for everything given so far. */
    public long mark() {
        return given;
    }

    /** Whether everything up to a mark is kept. */
    public boolean isKept(long mark) {
        return mark <= kept;
    }

    /** Tells {@code who} when everything given so far is kept; at once when it is. */
    public void whenKept(Awaiting who) {
        if (failed) {
            who.failed();
            return;
        }
        if (waiting.isEmpty() && isKept(given)) {
            who.kept();
            return;
        }
        waiting.add(new Entry(given, who));
        awaited = true;
        if (isKept(given)) {
            // It was kept between the look and the note: nobody else will say so.
            loop.execute(this::tell);
        }
    }

    /** On the store's thread. */
    private void keptUpTo(long mark) {
        kept = mark;
        if (awaited) {
            awaited = false;
            loop.execute(this::tell);
        }
    }

    private void tell() {
        for (Entry next = waiting.peek(); next != null && isKept(next.mark()); next = waiting.peek()) {
            waiting.remove();
            next.who().kept();
        }
        if (!waiting.isEmpty()) {
            awaited = true;
            Entry next = waiting.peek();
            if (next != null && isKept(next.mark())) {
                loop.execute(this::tell);
            }
        }
    }

    private void fail() {
        failed = true;
        lane = withheld;
        withheld.forgetAll();
        List<Entry> lost = List.copyOf(waiting);
        waiting.clear();
        lost.forEach(entry -> entry.who().failed());
    }
}
