// SPDX-License-Identifier: Apache-2.0
package io.culex.api.admin;

import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Shows the packets of some clients while it is asked to. A service of the broker; any thread, does not block. */
@ProviderType
public interface Tracing {
    /** A trace that runs until it is closed or its time is over. */
    interface Trace extends AutoCloseable {
        /** Whether it still runs. */
        boolean isRunning();

        /** Ends it; nothing happens when it has ended already. */
        @Override
        void close();
    }

    /**
     * Begins one.
     *
     * @param sink is called on event loops: must not block; when it throws, the trace ends
     * @throws Operation.RefusedException when too many run
     */
    Trace begin(TraceRequest request, Consumer<TraceLine> sink) throws Operation.RefusedException;
}
