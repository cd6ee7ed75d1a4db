// SPDX-License-Identifier: Apache-2.0
package io.culex.config.provision;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.log.LogType;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Makes the components that a generation needs, make before break. On the admin thread only. */
public interface Provisioner {
    /** How to come by one for a run. */
    interface Factory {
        /** A provisioner that writes to the log. */
        Provisioner of(String runId, BiConsumer<LogType, String> log);
    }

    /** What was made and kept for one generation. Exactly one of {@link #keep} and {@link #undo} follows. */
    interface Round {
        /** By name, the generation whose configuration serves it. */
        Map<String, Long> generations();

        /** The generation is in force: what it does not use goes. */
        void keep();

        /** The generation is refused: what was made for it goes. */
        void undo();
    }

    /** Removes what an earlier run has left behind: it must never open anything. */
    void clean();

    /**
     * Makes what is not there yet beside what is, and waits until all of it is ready; bounded, but for what keeps data and is reading it.
     *
     * @throws GenerationRefusedException with the component's own reason; what was made is gone again
     */
    Round prepare(long generation, List<Provision> wanted) throws GenerationRefusedException;

    /**
     * Makes the same, tells the components that it is a trial, and has them go again.
     *
     * @throws GenerationRefusedException with the component's own reason
     */
    void attempt(long generation, List<Provision> wanted) throws GenerationRefusedException;
}
