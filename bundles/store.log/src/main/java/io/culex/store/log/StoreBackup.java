// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import io.culex.api.admin.Operation;
import io.culex.store.log.segment.StoreFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
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

    /** The files have their names when all of them are on the disk: a part of a store would be taken for all of it. */
    private static void copy(List<LogEngine.Extent> extents, StoreFolder target) throws IOException {
        Map<Path, Path> nameByPart = new LinkedHashMap<>();
        try {
            for (LogEngine.Extent extent : extents) {
                Path file = target.file(extent.segment().number());
                Path part = file.resolveSibling(file.getFileName() + ".part");
                nameByPart.put(part, file);
                copy(extent, part);
            }
            // The newest first: what is missing before it is noticed.
            List<Path> parts = new ArrayList<>(nameByPart.keySet());
            Collections.reverse(parts);
            for (Path part : parts) {
                Files.move(part, nameByPart.getOrDefault(part, part));
            }
            target.force();
        } catch (IOException e) {
            for (Map.Entry<Path, Path> file : nameByPart.entrySet()) {
                Files.deleteIfExists(file.getValue());
                Files.deleteIfExists(file.getKey());
            }
            throw e;
        }
    }

    private static void copy(LogEngine.Extent extent, Path part) throws IOException {
        try (FileChannel out = StoreFolder.create(
                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            long at = 0;
            while (at < extent.size()) {
                long count = extent.segment().channel().transferTo(at, extent.size() - at, out);
                if (count <= 0) {
                    throw new IOException(extent.segment().path() + " ends too early, at " + at + ".");
                }
                at += count;
            }
            out.force(true);
        }
    }
}
