// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.export;

import java.time.Duration;

/** What became of a request. */
sealed interface Outcome {
    /** The server has it. */
    record Delivered() implements Outcome {}

    /** The server will never take it. */
    record Rejected(String reason) implements Outcome {}

    /** It is too much for one request. */
    record TooLarge() implements Outcome {}

    /**
     * The server may take it later.
     *
     * @param pause how long it wants to be left alone; zero: it did not say
     */
    record Later(String reason, Duration pause) implements Outcome {}
}
