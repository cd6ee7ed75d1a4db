// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * The destinations of one generation. One that fails does not keep lines from the others; its first failure in a row is
 * told on standard error, each is counted.
 */
final class Outlets {
    private final List<Outlet> outlets;
    private final LongAdder failures;
    private final Set<Outlet> failing = new HashSet<>();

    Outlets(List<? extends Outlet> outlets, LongAdder failures) {
        this.outlets = new ArrayList<>(outlets);
        this.failures = failures;
    }

    void write(Line line, byte[] formatted) {
        for (Outlet outlet : outlets) {
            attempt(outlet, () -> outlet.write(line, formatted));
        }
    }

    void flush() {
        outlets.forEach(outlet -> attempt(outlet, outlet::flush));
    }

    void close() {
        outlets.forEach(outlet -> attempt(outlet, outlet::close));
    }

    private void attempt(Outlet outlet, Action action) {
        try {
            action.run();
            failing.remove(outlet);
        } catch (IOException | RuntimeException e) {
            failures.increment();
            if (failing.add(outlet)) {
                System.err.println("Error: Unable to write log to " + outlet.name() + ": " + e.getMessage());
            }
        }
    }

    private interface Action {
        void run() throws IOException;
    }
}
