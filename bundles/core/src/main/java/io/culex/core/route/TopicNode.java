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
        while (!changes(path, change)) {
            // A node of the path was dropped meanwhile, so there is another one now.
            Thread.onSpinWait();
        }
    }

    @SuppressWarnings("unchecked") // a node of a tree of its kind
    private boolean changes(String path, Consumer<N> change) {
        @Nullable N node = (N) this;
        for (int from = 0; from >= 0 && node != null; from = TopicTree.nextLevel(path, from)) {
            node = node.childFor(TopicTree.level(path, from));
        }
        if (node == null) {
            return false;
        }
        synchronized (node) {
            if (node.isDropped()) {
                return false;
            }
            change.accept(node);
        }
        if (node.isEmpty()) {
            prune(path, 0);
        }
        return true;
    }

    final boolean isDropped() {
        return table == DROPPED;
    }

    final void prune(String path, int from) {
        N child = from < 0 ? null : child(TopicTree.level(path, from));
        if (child != null) {
            child.prune(path, TopicTree.nextLevel(path, from));
            dropEmpty(child);
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
        put(now, child);
        children++;
        taken++;
        table = now;
    }

    /** The same children with room for as many more: readers of the old table go on with that. */
    private TopicNode<?>[] copy(TopicNode<?> @Nullable [] old) {
        TopicNode<?>[] made = new TopicNode<?>[Math.max(LEAST, Integer.highestOneBit(children * 2 + 1) * 2)];
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

    private static void put(TopicNode<?>[] in, TopicNode<?> child) {
        int mask = in.length - 1;
        int i = slot(child.hash, mask);
        while (in[i] != null) {
            i = (i + 1) & mask;
        }
        SLOT.setRelease(in, i, child);
    }

    private synchronized void dropEmpty(N child) {
        TopicNode<N> dropped = child;
        synchronized (child) {
            if (!child.isEmpty() || child.isDropped()) {
                return;
            }
            dropped.table = DROPPED;
        }
        TopicNode<?>[] now = Objects.requireNonNull(table);
        if (--children == 0) {
            taken = 0;
            table = null;
            return;
        }
        int mask = now.length - 1;
        int i = slot(dropped.hash, mask);
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
