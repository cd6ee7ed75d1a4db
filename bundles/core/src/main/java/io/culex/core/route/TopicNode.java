// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One level of a tree of topics or filters, and its children by their names. A tree of many topics is mostly this, so the node is
 * its own entry in its parent's table: half of what a map in each node takes. Readers never lock and see a child that was there
 * all the while; changes of one node serialize, those of others go on meanwhile.
 *
 * @param <N> the tree's nodes
 */
abstract class TopicNode<N extends TopicNode<N>> {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(TopicNode[].class);
    private static final int LEAST = 4;

    /** Stands where a child was: whoever looks for another goes on behind it. No level has that name [MQTT-1.5.4-2]. */
    private static final TopicNode<?> GONE = new Gone();

    /** The table of a node that is no longer in the tree: nothing is found in it, and nothing is put in. */
    private static final TopicNode<?>[] DROPPED = new TopicNode<?>[2];

    private final String level;
    private final int hash;

    /** Linear probing; at most half full, null without children. */
    private volatile TopicNode<?> @Nullable [] table;

    private int children;
    private int taken;

    /** A node without children. */
    TopicNode(String level) {
        this.level = level;
        this.hash = TopicHash.of(level);
    }

    private static final class Gone extends TopicNode<Gone> {
        Gone() {
            super("\0");
        }

        @Override
        Gone newChild(String name) {
            return this;
        }

        @Override
        boolean isEmpty() {
            return false;
        }
    }

    /** Its name. */
    final String level() {
        return level;
    }

    abstract N newChild(String name);

    /** Whether it says nothing itself and {@linkplain #isLeaf() has no children}. */
    abstract boolean isEmpty();

    /** The child of that name. */
    final @Nullable N child(String name) {
        TopicNode<?>[] now = table;
        return now == null ? null : find(now, name, TopicHash.of(name));
    }

    @SuppressWarnings("unchecked") // only nodes of this tree are put in
    private @Nullable N find(TopicNode<?>[] in, String name, int hash) {
        int mask = in.length - 1;
        for (int i = slot(hash, mask); ; i = (i + 1) & mask) {
            TopicNode<?> there = at(in, i);
            if (there == null || (there.hash == hash && there.level.equals(name))) {
                return (N) there;
            }
        }
    }

    private static @Nullable TopicNode<?> at(TopicNode<?>[] in, int i) {
        return (TopicNode<?>) SLOT.getAcquire(in, i);
    }

    /** By the upper bits: who grows keeps the order, which is the one in memory after a collection. */
    static int slot(int hash, int mask) {
        return hash >>> Integer.numberOfLeadingZeros(mask);
    }

    /**
     * Changes the node at the end of a path below this one: it comes to be when there is none, and goes when nothing is left of it.
     *
     * @param change is given the node, while no other change of it can happen
     */
    final void change(String path, Consumer<N> change) {
        while (!changes(path, change, true)) {
            // A node of the path was dropped meanwhile, so there is another one now.
            Thread.onSpinWait();
        }
    }

    /** The same, if there is such a node. */
    final void changeKnown(String path, Consumer<N> change) {
        while (!changes(path, change, false)) {
            Thread.onSpinWait();
        }
    }

    @SuppressWarnings("unchecked") // a node of a tree of its kind
    private boolean changes(String path, Consumer<N> change, boolean creates) {
        @Nullable N node = (N) this;
        boolean isWhole = false;
        try {
            for (int from = 0; from >= 0 && node != null; from = TopicTree.nextLevel(path, from)) {
                String level = TopicTree.level(path, from);
                node = creates ? node.childFor(level) : node.child(level);
            }
            boolean done = node == null ? !creates : node.takes(change);
            isWhole = node != null && !node.isEmpty();
            return done;
        } finally {
            // Also of a change that failed, which must not leave a path to nothing.
            if (!isWhole) {
                prune(path, 0);
            }
        }
    }

    @SuppressWarnings("unchecked") // a node of a tree of its kind
    final synchronized boolean takes(Consumer<N> change) {
        if (isDropped()) {
            return false;
        }
        change.accept((N) this);
        return true;
    }

    final boolean isDropped() {
        return table == DROPPED;
    }

    /** Whoever makes a node empty prunes after that, so one that is not empty needs nobody who waits for its lock. */
    final void prune(String path, int from) {
        N child = from < 0 ? null : child(TopicTree.level(path, from));
        if (child != null) {
            child.prune(path, TopicTree.nextLevel(path, from));
            if (child.isEmpty()) {
                dropEmpty(child);
            }
        }
    }

    /** The child of that name, a new one when there is none; null when this node is no longer in the tree. */
    final @Nullable N childFor(String name) {
        N known = child(name);
        if (known != null) {
            return known;
        }
        synchronized (this) {
            if (isDropped()) {
                return null;
            }
            known = child(name);
            if (known == null) {
                known = newChild(name);
                add(known);
            }
            return known;
        }
    }

    private void add(TopicNode<?> child) {
        TopicNode<?>[] now = table;
        if (now == null || (taken + 1) * 2 > now.length) {
            now = copy(now);
        }
        if (put(now, child)) {
            taken++;
        }
        children++;
        table = now;
    }

    /** The same children with room for half as many more at least: readers of the old table go on with that. */
    private TopicNode<?>[] copy(TopicNode<?> @Nullable [] old) {
        TopicNode<?>[] made = new TopicNode<?>[Math.max(LEAST, Integer.highestOneBit(children * 3) * 2)];
        if (old != null) {
            for (TopicNode<?> child : old) {
                if (child != null && child != GONE) {
                    put(made, child);
                }
            }
        }
        taken = children;
        return made;
    }

    /** Where a child was there is room, too: nobody who looks for another stops there. Whether it took a place more. */
    private static boolean put(TopicNode<?>[] in, TopicNode<?> child) {
        int mask = in.length - 1;
        int i = slot(child.hash, mask);
        while (in[i] != null && in[i] != GONE) {
            i = (i + 1) & mask;
        }
        boolean isNew = in[i] == null;
        SLOT.setRelease(in, i, child);
        return isNew;
    }

    private synchronized void dropEmpty(N child) {
        TopicNode<N> dropped = child;
        synchronized (child) {
            if (child.isEmpty() && !child.isDropped()) {
                takeOut(child);
                // Last: who sees that finds it here no more.
                dropped.table = DROPPED;
            }
        }
    }

    private void takeOut(TopicNode<?> child) {
        TopicNode<?>[] now = Objects.requireNonNull(table);
        if (--children == 0) {
            taken = 0;
            table = null;
            return;
        }
        int mask = now.length - 1;
        int i = slot(child.hash, mask);
        while (now[i] != child) {
            i = (i + 1) & mask;
        }
        SLOT.setRelease(now, i, GONE);
    }

    /** Whether it has no children. */
    final boolean isLeaf() {
        return table == null;
    }

    /** Gives every child, in no order. */
    @SuppressWarnings("unchecked") // only nodes of this tree are put in
    final void forEachChild(Consumer<N> sink) {
        TopicNode<?>[] now = table;
        if (now != null) {
            for (int i = 0; i < now.length; i++) {
                TopicNode<?> child = at(now, i);
                if (child != null && child != GONE) {
                    sink.accept((N) child);
                }
            }
        }
    }
}
