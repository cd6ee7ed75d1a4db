// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import io.culex.api.admin.Operation;
import io.culex.store.log.read.BadBlocks;
import io.culex.store.log.segment.Segment;
import io.culex.store.log.segment.StoreFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Copies the store, as it is at one instant, while it is in use. */
@Component(service = Operation.class)
public final class StoreBackup implements Operation {
    private static final String FOLDER = "folder";
    private static final int PIECE = 1 << 20;

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
            refuseAnother(target);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(new RefusedException(String.valueOf(e.getMessage())));
        }
        List<String> lines = new ArrayList<>();
        lines.add("The store was copied to " + target.path() + ".");
        return store.engine().snapshot(extents -> copy(extents, target, lines)).thenApply(nothing -> lines);
    }

    private static void refuseAnother(StoreFolder target) throws IOException {
        if (!target.segments().isEmpty()) {
            throw new IOException("Error: There is a store in " + target.path() + " already.");
        }
    }

    /** The files have their names when all of them are on the disk: a part of a store would be taken for all of it. */
    private static void copy(List<LogEngine.Extent> extents, StoreFolder target, List<String> lines)
            throws IOException {
        // Once more in its turn: of two that were asked for at a time the second must not undo the first.
        refuseAnother(target);
        Map<Path, Path> nameByPart = new LinkedHashMap<>();
        try {
            for (LogEngine.Extent extent : extents) {
                Path file = target.file(extent.segment().number());
                Path part = file.resolveSibling(file.getFileName() + ".part");
                nameByPart.put(part, file);
                copy(extent, part).ifPresent(lines::add);
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

    /** Where the disk does not give a block the copy has zeros. Returns a line about those. */
    private static Optional<String> copy(LogEngine.Extent extent, Path part) throws IOException {
        Segment from = extent.segment();
        BadBlocks bad = new BadBlocks();
        try (FileChannel out = StoreFolder.create(
                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            for (int at = 0; at < extent.size(); ) {
                piece.clear().limit(Math.min(PIECE, extent.size() - at));
                at = read(from, piece, at, bad);
                StoreFolder.writeFully(out, piece, at - piece.remaining());
            }
            if (out.size() < extent.size()) {
                StoreFolder.writeFully(out, ByteBuffer.allocate(1), extent.size() - 1);
            }
            out.force(true);
        }
        IOException failure = bad.failure();
        return failure == null
                ? Optional.empty()
                : Optional.of("Warning: " + from.path() + " cannot be read everywhere (" + failure.getMessage()
                        + "): the copy has nothing for " + bad.count() + " blocks of " + BadBlocks.BLOCK + " bytes.");
    }

    /** Reads what comes next, nothing when that is a block which cannot be read. Returns the place behind it. */
    private static int read(Segment from, ByteBuffer piece, int at, BadBlocks bad) throws IOException {
        int count;
        try {
            count = from.read(piece, at);
        } catch (IOException e) {
            piece.clear().limit(0);
            return pass(from, at, bad, e);
        }
        if (count == 0) {
            throw new IOException(from.path() + " ends too early, at " + at + ".");
        }
        piece.flip();
        return at + count;
    }

    private static int pass(Segment from, int at, BadBlocks bad, IOException reason) throws IOException {
        try {
            return bad.pass(at, reason);
        } catch (IOException e) {
            throw new IOException(from.path() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
