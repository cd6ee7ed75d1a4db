// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.TraceLine;
import io.culex.api.admin.TraceRequest;
import io.culex.shell.print.Bytes;
import io.culex.shell.print.Spans;
import io.culex.shell.print.Visible;

/** Traces in words. */
final class TraceText {
    private TraceText() {}

    static String of(TraceRequest request) {
        String client = request.clientId() == null ? "every client" : "client " + request.clientId();
        String topics = request.filter() == null ? "every packet" : "topics " + request.filter();
        return client + ", " + topics + ", " + (request.payloadBytes() == 0 ? "without" : "with") + " payload, for "
                + Spans.text(request.time()) + ".";
    }

    static String of(TraceLine line) {
        String payload = line.payload().isEmpty() ? "" : " " + Bytes.text(line.payload());
        return line.at() + " " + Visible.of(line.text()) + payload;
    }
}
