// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.write;

import io.culex.api.store.Loaded;
import io.culex.store.log.read.Wanted;

/** What a lane can ask of the commit thread besides keeping something; called by that thread. */
interface Requests {
    /** How long messages are asked for again that the disk, or the memory, does not give. */
    long PATIENCE_NANOS = 10_000_000_000L;

    void load(Wanted wanted);

    /** What is to be run on that thread to have messages read. */
    default Runnable loading(long[] messages, Loaded target) {
        Wanted wanted = new Wanted(messages.clone(), target, System.nanoTime() + PATIENCE_NANOS);
        return () -> load(wanted);
    }
}
