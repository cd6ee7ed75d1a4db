// SPDX-License-Identifier: Apache-2.0
package io.culex.config.generation;

import io.culex.api.config.GenerationParticipant;

/**
 * Who takes part in a change.
 *
 * @param service asked
 * @param name the service property {@code culex.participant}, or empty
 */
public record Participant(GenerationParticipant service, String name) {
    /** The log is committed before the others are asked at the first start, so that their lines go where they should. */
    static final String LOG = "log";

    boolean isLog() {
        return name.equals(LOG);
    }
}
