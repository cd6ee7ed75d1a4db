// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import io.culex.api.admin.Operation;
import io.culex.store.log.write.Statistics;
import io.culex.store.log.write.Statistics.Gauge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Says what is in the store. */
@Component(service = Operation.class)
public final class StoreInfo implements Operation {
    private static final int MICROS = 1000;

    private final LogStore store;

    /** Of that store. */
    @Activate
    public StoreInfo(@Reference LogStore store) {
        this.store = store;
    }

    @Override
    public String scope() {
        return "store";
    }

    @Override
    public String name() {
        return "info";
    }

    @Override
    public String description() {
        return "Says what is in the store and how it does.";
    }

    @Override
    public List<Argument> arguments() {
        return List.of();
    }

    @Override
    public CompletionStage<List<String>> run(Map<String, String> arguments) {
        LogEngine engine = store.engine();
        Statistics seen = engine.statistics();
        List<String> lines = new ArrayList<>();
        lines.add("folder: " + engine.folder().path());
        lines.add("state: " + engine.state());
        lines.add("sessions: " + seen.get(Gauge.SESSIONS));
        lines.add("messages that sessions wait for: " + seen.get(Gauge.MESSAGES) + ", for " + seen.get(Gauge.REFERENCES)
                + " receivers");
        lines.add("retained messages: " + seen.get(Gauge.RETAINED));
        lines.add("files: " + seen.get(Gauge.SEGMENTS) + ", bytes: " + seen.get(Gauge.BYTES) + ", of these needed: "
                + seen.get(Gauge.LIVE_BYTES));
        long commits = Math.max(1, seen.commits());
        lines.add("written since the start: " + seen.records() + " records, " + seen.bytes() + " bytes, in "
                + seen.commits() + " commits of " + seen.nanos() / commits / MICROS + " us");
        lines.add("damaged places found: " + engine.corruptions());
        try {
            for (Path copy : engine.folder().setAside()) {
                lines.add("set aside: " + copy);
            }
        } catch (IOException e) {
            return CompletableFuture.failedFuture(
                    new RefusedException("The folder of damaged files cannot be read: " + e.getMessage()));
        }
        return CompletableFuture.completedFuture(lines);
    }
}
