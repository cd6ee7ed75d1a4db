// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One level of a tree of topics or filters, and its children by their names. A tree of many topics is mostly this, so the node is
 * its own entry in its parent's table: half of what a map in each node takes. Readers never lock and see a child that was there
 * all the while; changes of one node's children serialize.
 *
 * @param <N> the tree's nodes
 */
abstract class TopicNode<N extends TopicNode<N>> {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(TopicNode[].class);
    private static final int LEAST = 4;

    /** Stands where a child was: whoever looks for another goes on behind it. No level has that name [MQTT-1.5.4-2]. */
    private static final TopicNode<?> GONE = new Gone();

    private final String level;

    /** Linear probing; never full, null without children. */
    private volatile TopicNode<?> @Nullable [] table;

    private int children;
    private int taken;

    /** A node without children. */
    TopicNode(String level) {
        this.level = level;
    }

    private static final class Gone extends TopicNode<Gone> {
        Gone() {
            super("\0");
        }

        @Override
        Gone newChild(String name) {
            return this;
        }
    }

    /** Its name. */
    final String level() {
        return level;
    }

    abstract N newChild(String name);

    /** The child of that name. */
    final @Nullable N child(String name) {
        TopicNode<?>[] now = table;
        return now == null ? null : find(now, name);
    }

    @SuppressWarnings("unchecked") // only nodes of this tree are put in
    private @Nullable N find(TopicNode<?>[] in, String name) {
        int mask = in.length - 1;
        for (int i = slot(name, mask); ; i = (i + 1) & mask) {
            TopicNode<?> there = at(in, i);
            if (there == null || there.level.equals(name)) {
                return (N) there;
            }
        }
    }

    private static @Nullable TopicNode<?> at(TopicNode<?>[] in, int i) {
        return (TopicNode<?>) SLOT.getAcquire(in, i);
    }

    private static int slot(String name, int mask) {
        int hash = name.hashCode();
        return (hash ^ (hash >>> 16)) & mask;
    }

    /** The child of that name; a new one when there is none. */
    final N childFor(String name) {
        N known = child(name);
        if (known != null) {
            return known;
        }
        synchronized (this) {
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
        if (now == null || (taken + 1) * 4 > now.length * 3) {
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
        int i = slot(child.level, mask);
        while (in[i] != null) {
            i = (i + 1) & mask;
        }
        SLOT.setRelease(in, i, child);
    }

    /** Takes the child of that name away. */
    final synchronized void drop(String name) {
        TopicNode<?>[] now = table;
        if (now == null) {
            return;
        }
        int mask = now.length - 1;
        for (int i = slot(name, mask); now[i] != null; i = (i + 1) & mask) {
            if (now[i].level.equals(name)) {
                children--;
                if (children == 0) {
                    taken = 0;
                    table = null;
                } else {
                    SLOT.setRelease(now, i, GONE);
                }
                return;
            }
        }
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
