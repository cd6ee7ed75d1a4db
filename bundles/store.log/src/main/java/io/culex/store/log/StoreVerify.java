// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import io.culex.api.admin.Operation;
import io.culex.store.log.format.SegmentHeader;
import io.culex.store.log.recover.SegmentScan;
import io.culex.store.log.segment.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads every header and record of the store while it is in use, and says what is damaged. */
@Component(service = Operation.class)
public final class StoreVerify implements Operation {
    private final LogStore store;

    /** Of that store. */
    @Activate
    public StoreVerify(@Reference LogStore store) {
        this.store = store;
    }

    @Override
    public String scope() {
        return "store";
    }

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public String description() {
        return "Reads every record of the store and says what is damaged.";
    }

    @Override
    public List<Argument> arguments() {
        return List.of();
    }

    @Override
    public CompletionStage<List<String>> run(Map<String, String> arguments) {
        List<String> lines = new ArrayList<>();
        return store.engine().snapshot(extents -> verify(extents, lines)).thenApply(nothing -> lines);
    }

    private static void verify(List<LogEngine.Extent> extents, List<String> lines) throws IOException {
        SegmentScan scan = new SegmentScan();
        long records = 0;
        int damages = 0;
        for (LogEngine.Extent extent : extents) {
            scan.read(extent.segment(), extent.size(), (bytes, at, length, place) -> {});
            records += scan.records();
            List<String> found = new ArrayList<>(scan.damageTexts());
            headerDamage(extent.segment()).ifPresent(header -> found.add(0, header));
            for (String damage : found) {
                damages++;
                lines.add(extent.segment().path() + " is damaged: " + damage);
            }
            if (scan.end() < extent.size()) {
                damages++;
                lines.add(extent.segment().path() + " is damaged: " + (extent.size() - scan.end()) + " bytes at "
                        + scan.end());
            }
        }
        lines.add(extents.size() + " files, " + records + " records, " + damages + " damaged places");
    }

    private static Optional<String> headerDamage(Segment segment) {
        ByteBuffer bytes = ByteBuffer.allocate(SegmentHeader.SIZE).order(ByteOrder.LITTLE_ENDIAN);
        try {
            segment.read(bytes, 0);
        } catch (IOException e) {
            return Optional.of("its header cannot be read: " + e.getMessage());
        }
        bytes.flip();
        Optional<SegmentHeader> header = SegmentHeader.read(bytes).filter(segment.header()::equals);
        return header.isPresent() && SegmentHeader.isWhole(bytes) ? Optional.empty() : Optional.of("its header");
    }
}
