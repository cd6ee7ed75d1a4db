// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

import io.culex.api.store.Kept;
import io.culex.api.store.MessageStore;
import io.culex.api.store.Receivers;
import io.culex.api.store.StoreLane;
import io.culex.api.store.StoredMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One loop's account with the store: what it has given, how far that is kept, and who waits for it. Whoever must not speak
 * before something is kept takes the {@link #mark} after giving it and waits for that. While the store is exchanged, what is
 * given waits here, in order. On the loop, unless said otherwise; without a store it is off and nobody gives it anything.
 */
public final class Ledger {
    private static final int MOST_UNASKED = 256 << 10;

    private final Loop loop;
    private final Queue<Entry> waiting = new ArrayDeque<>();
    private final Withheld withheld = new Withheld();
    private final Receivers one = new Receivers();
    private final List<Runnable> putOff = new ArrayList<>();
    private final Set<Question> unanswered = new LinkedHashSet<>();
    private StoreLane lane = withheld;
    private @Nullable MessageStore store;
    private long given;
    private long unasked;
    private volatile boolean failed;
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

    /** Messages that somebody wants; equal to itself only. */
    private static final class Question {
        private final long[] messages;
        private final Consumer<List<@Nullable StoredMessage>> sink;

        Question(long[] messages, Consumer<List<@Nullable StoredMessage>> sink) {
            this.messages = messages;
            this.sink = sink;
        }
    }

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

    /** Whether the store has failed: nothing is kept any more until the next start. Any thread. */
    public boolean hasFailed() {
        return failed;
    }

    /** Whether messages can be kept now; false for want of space, or when the store has failed. */
    public boolean takesMessages() {
        MessageStore now = store;
        return !failed && (now == null || now.state() == MessageStore.State.READY);
    }

    /**
     * Whether it is given a message of so many bytes that nobody can be refused. From the moment at which there is little space
     * only so much of that in sum: what acknowledgements and cleaning need must not go for it.
     */
    public boolean takesUnasked(long bytes) {
        if (takesMessages()) {
            unasked = 0;
            return true;
        }
        boolean takes = !failed && unasked + bytes <= MOST_UNASKED;
        unasked += takes ? bytes : 0;
        return takes;
    }

    /** The store is there, or there again; what was withheld goes to it first. */
    public void open(MessageStore opened) {
        on = true;
        if (failed) {
            // What it was not given meanwhile cannot be given any more.
            return;
        }
        long before = given - withheld.size();
        if (kept < before) {
            // It went before this loop let go of it: what it was given then is nowhere, and must not count as kept.
            fail();
            return;
        }
        store = opened;
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
        // The store that went may have gone without an answer.
        unanswered.forEach(this::ask);
        goOn();
    }

    /** Nobody waits any longer for the store to be there. */
    private void goOn() {
        List<Runnable> due = List.copyOf(putOff);
        putOff.clear();
        due.forEach(Ledger::run);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            Failure.report(e);
        }
    }

    /** The store goes to be exchanged; what it was given it keeps before it is gone. */
    public void away() {
        lane = withheld;
        store = null;
    }

    /** Runs a task now, or, while the store is exchanged, as soon as it is there again, or has failed for good. */
    public void whenThere(Runnable task) {
        if (isAway()) {
            putOff.add(task);
        } else {
            task.run();
        }
    }

    /**
     * The lane, for exactly one operation, whose arguments are made before: for one that fails to be made the ledger would wait
     * for ever. While the store is away it takes those that name no new message; who publishes
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

    /** One session as the receivers of a message; good until the next call. */
    public Receivers only(long session, int how) {
        one.clear();
        one.add(session, how);
        return one;
    }

    /** Bytes that the store has taken and not written yet. */
    public long backlog() {
        return lane.backlog();
    }

    /** Asks for messages by their ids; {@code sink} gets them on the loop, null for one that is lost. */
    public void load(long[] messages, Consumer<List<@Nullable StoredMessage>> sink) {
        Question question = new Question(messages, sink);
        unanswered.add(question);
        if (failed) {
            giveUp(question);
        } else if (lane != withheld) {
            ask(question);
        }
    }

    private void ask(Question question) {
        lane.load(question.messages, found -> answer(question, found));
    }

    /** Who waits for what a store that has failed does not give would wait for ever, and what is behind it. */
    private void giveUp(Question question) {
        answer(question, Arrays.asList(new StoredMessage[question.messages.length]));
    }

    private void answer(Question question, List<@Nullable StoredMessage> found) {
        loop.execute(() -> {
            if (unanswered.remove(question)) {
                question.sink.accept(found);
            }
        });
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

    /** On the store's thread: there is only one at a time. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void keptUpTo(long mark) {
        kept = Math.max(kept, mark);
        if (awaited) {
            awaited = false;
            loop.execute(this::tell);
        }
    }

    private void tell() {
        for (Entry next = waiting.peek(); next != null && isKept(next.mark()); next = waiting.peek()) {
            waiting.remove();
            try {
                next.who().kept();
            } catch (RuntimeException | Error e) {
                // Nobody would wake the others.
                Failure.report(e);
            }
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
        lost.forEach(entry -> run(() -> entry.who().failed()));
        List.copyOf(unanswered).forEach(this::giveUp);
        goOn();
    }
}
