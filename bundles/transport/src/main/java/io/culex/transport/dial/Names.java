// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.dial;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Resolves names, each on a thread of its own and by one question at a time: a resolver that is dead for one of them, which may take
 * minutes to be noticed, holds up nobody who connects to another. Any thread.
 */
final class Names {
    private final Lookup lookup;
    private final Map<String, CompletableFuture<InetAddress[]>> asked = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "culex-resolver");
        thread.setDaemon(true);
        return thread;
    });

    /** Knows the addresses of names. */
    interface Lookup {
        /** Blocks. */
        InetAddress[] addresses(String name) throws UnknownHostException;
    }

    Names(Lookup lookup) {
        this.lookup = lookup;
    }

    /** The addresses of a name; at once when it is an address itself. Fails with the exception of the lookup. */
    CompletableFuture<InetAddress[]> resolve(String name) {
        if (NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name)) {
            CompletableFuture<InetAddress[]> known = new CompletableFuture<>();
            answer(name, known);
            return known;
        }
        CompletableFuture<InetAddress[]> mine = new CompletableFuture<>();
        CompletableFuture<InetAddress[]> before = asked.putIfAbsent(name, mine);
        if (before != null) {
            return before;
        }
        mine.whenComplete((found, failure) -> asked.remove(name, mine));
        try {
            threads.execute(() -> answer(name, mine));
        } catch (RejectedExecutionException stopping) {
            mine.completeExceptionally(new IOException("The broker is stopping", stopping));
        }
        return mine;
    }

    private void answer(String name, CompletableFuture<InetAddress[]> to) {
        try {
            to.complete(lookup.addresses(name));
        } catch (UnknownHostException | RuntimeException e) {
            to.completeExceptionally(e);
        }
    }

    /** Who still waits is told; the resolver may keep its threads for minutes. */
    void stop() {
        threads.shutdownNow();
        IOException stopping = new IOException("The broker is stopping");
        List.copyOf(asked.values()).forEach(waiting -> waiting.completeExceptionally(stopping));
    }
}
