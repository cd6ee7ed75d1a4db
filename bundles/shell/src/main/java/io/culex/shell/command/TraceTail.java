// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.Operation;
import io.culex.api.admin.TraceLine;
import io.culex.api.admin.TraceRequest;
import io.culex.api.admin.Tracing;
import io.culex.shell.Audit;
import java.io.PrintStream;

/** A trace on a console. */
record TraceTail(Tracing tracing, TraceRequest request, Audit audit) {
    /** Shows lines as they come; blocks until it ends. */
    void follow(PrintStream out, int count) throws Operation.RefusedException {
        Tail<TraceLine> tail = new Tail<>();
        Tracing.Trace trace = begun(tail);
        try {
            tail.follow(out, count, request.time(), TraceText::of);
        } finally {
            trace.close();
        }
        if (tail.dropped() > 0) {
            out.println(tail.dropped() + " lines were left out, because they came too fast.");
        }
    }

    private Tracing.Trace begun(Tail<TraceLine> tail) throws Operation.RefusedException {
        try {
            Tracing.Trace trace = tracing.begin(request, tail::add);
            audit.done(TraceText.of(request));
            return trace;
        } catch (Operation.RefusedException e) {
            audit.refused(String.valueOf(e.getMessage()));
            throw e;
        }
    }
}
