// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.segment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A disk that fails as a test wants. */
public final class FaultyDisk implements StoreFolder.Opener {
    /** What is done to a file. */
    public enum Call {
        /** It is opened. */
        OPEN,
        /** It is written to. */
        WRITE,
        /** It is brought to the disk. */
        FORCE,
        /** It is a folder, and made. */
        MAKE
    }

    /** What happens before something is done to a file. */
    public interface Fault {
        /** Throws what the disk says. */
        void before(Call call, Path file) throws IOException;
    }

    private record Stretch(long from, long to) {}

    private final Map<String, Stretch> unreadable = new ConcurrentHashMap<>();
    private volatile Fault fault = (call, file) -> {};

    /** Does that before anything is done from now on, also to files that are open. */
    public void on(Fault todo) {
        fault = todo;
    }

    /** What stands there in files of that name cannot be read when they are opened from now on. */
    public void failReads(String name, long from, long to) {
        unreadable.put(name, new Stretch(from, to));
    }

    @Override
    public void makeFolder(Path folder, FileAttribute<?>... attributes) throws IOException {
        fault.before(Call.MAKE, folder);
        StoreFolder.Opener.super.makeFolder(folder, attributes);
    }

    @Override
    public FileChannel open(Path file, Set<OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        fault.before(Call.OPEN, file);
        FaultyChannel channel = new FaultyChannel(FileChannel.open(file, options, attributes));
        channel.onWrite(() -> fault.before(Call.WRITE, file));
        channel.onForce(() -> fault.before(Call.FORCE, file));
        Stretch bad = unreadable.get(file.getFileName().toString());
        if (bad != null) {
            channel.failReads(bad.from(), bad.to());
        }
        return channel;
    }
}
