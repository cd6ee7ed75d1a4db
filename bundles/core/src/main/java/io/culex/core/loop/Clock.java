// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

/** Time as the broker sees it; tests set it by hand. Any thread. */
public interface Clock {
    /** Milliseconds since 1970. */
    long millis();

    /** Nanoseconds of a clock that never jumps; only differences mean something. */
    long nanos();

    /** The machine's clock. */
    Clock SYSTEM = new Clock() {
        @Override
        public long millis() {
            return System.currentTimeMillis();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }
    };
}
