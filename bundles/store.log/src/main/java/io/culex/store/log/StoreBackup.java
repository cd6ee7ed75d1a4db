// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import io.culex.api.admin.Operation;
import io.culex.store.log.segment.StoreFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Copies the store, as it is at one instant, while it is in use. */
@Component(service = Operation.class)
public final class StoreBackup implements Operation {
    private static final String FOLDER = "folder";

    private final LogStore store;

    /** Of that store. */
    @Activate
    public StoreBackup(@Reference LogStore store) {
        this.store = store;
    }

    @Override
    public String scope() {
        return "store";
    }

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public String description() {
        return "Copies the store, as it is now, to a folder from which a broker can start.";
    }

    @Override
    public List<Argument> arguments() {
        return List.of(new Argument(FOLDER, "where to; must be empty or not there yet", true));
    }

    @Override
    public CompletionStage<List<String>> run(Map<String, String> arguments) {
        String place = arguments.getOrDefault(FOLDER, "");
        if (place.isEmpty()) {
            return CompletableFuture.failedFuture(new RefusedException("The folder to copy to is missing."));
        }
        StoreFolder target = new StoreFolder(Path.of(place).toAbsolutePath().normalize());
        try {
            target.prepare();
            if (!target.segments().isEmpty()) {
                throw new IOException("Error: There is a store in " + target.path() + " already.");
            }
        } catch (IOException e) {
            return CompletableFuture.failedFuture(new RefusedException(String.valueOf(e.getMessage())));
        }
        return store.engine()
                .snapshot(extents -> copy(extents, target))
                .thenApply(nothing -> List.of("The store was copied to " + target.path() + "."));
    }

    private static void copy(List<LogEngine.Extent> extents, StoreFolder target) throws IOException {
        for (LogEngine.Extent extent : extents) {
            Path file = target.file(extent.segment().number());
            try (FileChannel out = StoreFolder.create(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                long at = 0;
                while (at < extent.size()) {
                    at += extent.segment().channel().transferTo(at, extent.size() - at, out);
                }
                out.force(true);
            }
        }
        target.force();
    }
}
