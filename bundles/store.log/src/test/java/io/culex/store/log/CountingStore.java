// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import io.culex.api.store.Kept;
import io.culex.api.store.MessageStore;
import io.culex.api.store.StoreLane;
import io.culex.store.log.segment.FolderLock;
import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Stands for a store with a slow disk: it writes one message whenever somebody waits, and looks once more how much is left. */
final class CountingStore implements MessageStore, Closeable {
    /** Bytes that each message counts for, however large it is. */
    static final long EACH = 32 << 20;

    private final FolderLock lock;
    private final Runnable onMessage;
    private long ids;
    private boolean isLookedAt;
    int messages;
    long waiting;
    long most;

    /** Does that for each message. */
    CountingStore(FolderLock lock, Runnable onMessage) {
        this.lock = lock;
        this.onMessage = onMessage;
    }

    @Override
    public StoreLane lane(Kept kept) {
        return (StoreLane) Proxy.newProxyInstance(
                StoreLane.class.getClassLoader(),
                new Class<?>[] {StoreLane.class},
                (lane, method, arguments) -> called(method.getName()));
    }

    private @Nullable Object called(String method) {
        switch (method) {
            case "newMessage" -> {
                return ++ids;
            }
            case "backlog" -> {
                waiting -= isLookedAt ? Math.min(waiting, EACH) : 0;
                isLookedAt = true;
                return waiting;
            }
            case "message" -> {
                onMessage.run();
                isLookedAt = false;
                messages++;
                waiting += EACH;
                most = Math.max(most, waiting);
            }
            default -> {}
        }
        return null;
    }

    @Override
    public void recover(Recovery recovery) {}

    @Override
    public State state() {
        return State.READY;
    }

    @Override
    public void sync() {}

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
