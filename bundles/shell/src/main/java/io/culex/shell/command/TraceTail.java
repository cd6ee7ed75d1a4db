// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.Operation;
import io.culex.api.admin.TraceLine;
import io.culex.api.admin.TraceRequest;
import io.culex.api.admin.Tracing;
import java.io.PrintStream;

/** A trace on a console. */
record TraceTail(Tracing tracing, TraceRequest request) {
    /** Shows lines as they come; blocks until it ends. */
    void follow(PrintStream out, int count) throws Operation.RefusedException {
        Tail<TraceLine> tail = new Tail<>();
        Tracing.Trace trace = tracing.begin(request, tail::add);
        try {
            tail.follow(out, count, request.time(), TraceText::of);
        } finally {
            trace.close();
        }
        if (tail.dropped() > 0) {
            out.println(tail.dropped() + " lines were left out, because they came too fast.");
        }
    }
}
