// SPDX-License-Identifier: Apache-2.0
package io.culex.config.generation;

import io.culex.config.settings.Configuration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The configurations that were in force before, with the text of their files; a few, and only since the start. On the admin thread. */
final class History {
    private static final int KEPT = 10;

    private final Deque<Configuration> earlier = new ArrayDeque<>();

    /** One has taken the place of another. A reload that read the same text has changed nothing that could be undone. */
    void changed(@Nullable Configuration before, Configuration now) {
        if (before == null || before.source().texts().isSameAs(now.source().texts())) {
            return;
        }
        earlier.push(before);
        if (earlier.size() > KEPT) {
            earlier.removeLast();
        }
    }

    /** The one before the one in force; null: none. */
    @Nullable
    Configuration last() {
        return earlier.peek();
    }

    /** The last one is in force again. */
    void undone() {
        earlier.pop();
    }
}
