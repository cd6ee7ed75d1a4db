// SPDX-License-Identifier: Apache-2.0
package io.culex.core.admin;

import io.culex.api.admin.Operation;
import io.culex.api.admin.TraceLine;
import io.culex.api.admin.TraceRequest;
import io.culex.api.admin.Tracing;
import io.culex.core.net.Broker;
import io.culex.core.oversight.TraceList;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shows packets of single clients. Any thread. */
@Component(service = Tracing.class)
public final class TracingService implements Tracing {
    private final TraceList traces;

    /** Of that broker. */
    @Activate
    public TracingService(@Reference Broker broker) {
        this.traces = broker.oversight().traces();
    }

    @Override
    public Trace begin(TraceRequest request, Consumer<TraceLine> sink) throws Operation.RefusedException {
        return traces.begin(request, sink);
    }
}
