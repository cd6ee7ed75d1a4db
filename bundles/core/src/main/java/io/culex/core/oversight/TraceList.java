// SPDX-License-Identifier: Apache-2.0
package io.culex.core.oversight;

import io.culex.api.admin.Operation;
import io.culex.api.admin.TraceLine;
import io.culex.api.admin.TraceRequest;
import io.culex.api.admin.Tracing;
import io.culex.api.message.Payload;
import io.culex.api.message.TopicFilter;
import io.culex.core.loop.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The traces that run. Without one, a packet costs one read of a field. Any thread; never blocks. */
public final class TraceList {
    static final int CAPACITY = 16;

    private final Clock clock;
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    TraceList(Clock clock) {
        this.clock = clock;
    }

    /** Begins one. */
    public synchronized Tracing.Trace begin(TraceRequest request, Consumer<TraceLine> sink)
            throws Operation.RefusedException {
        sweep();
        if (watches.size() >= CAPACITY) {
            throw new Operation.RefusedException(CAPACITY + " traces run already.");
        }
        Watch watch = new Watch(request, sink);
        watches.add(watch);
        running = true;
        return watch;
    }

    /** Whether anybody wants to see packets of that client; asked before a line is made. */
    public boolean concern(String clientId) {
        if (!running) {
            return false;
        }
        for (Watch watch : watches) {
            if (watch.isOf(clientId)) {
                return true;
            }
        }
        return false;
    }

    /** Shows what happened to a client to those who watch it. */
    public void tell(String clientId, String text) {
        for (Watch watch : watches) {
            if (watch.request.filter() == null && watch.isOf(clientId)) {
                watch.show(clientId, text, Payload.EMPTY);
            }
        }
    }

    /** Shows a PUBLISH; {@code payload} is called only when somebody wants to see it. */
    public void tell(String clientId, String text, String topic, Supplier<byte[]> payload) {
        byte @Nullable [] bytes = null;
        for (Watch watch : watches) {
            if (watch.isOf(clientId) && watch.fits(topic)) {
                int shown = watch.request.payloadBytes();
                if (shown > 0 && bytes == null) {
                    bytes = payload.get();
                }
                watch.show(clientId, text, shown == 0 || bytes == null ? Payload.EMPTY : head(bytes, shown));
            }
        }
    }

    private static Payload head(byte[] bytes, int length) {
        return Payload.wrap(bytes.length <= length ? bytes : Arrays.copyOf(bytes, length));
    }

    /** Ends those whose time is over. */
    synchronized void sweep() {
        watches.removeIf(watch -> !watch.isRunning());
        running = !watches.isEmpty();
    }

    private final class Watch implements Tracing.Trace {
        private final TraceRequest request;
        private final Consumer<TraceLine> sink;
        private final long since = clock.nanos();
        private volatile boolean closed;

        Watch(TraceRequest request, Consumer<TraceLine> sink) {
            this.request = request;
            this.sink = sink;
        }

        boolean isOf(String clientId) {
            String wanted = request.clientId();
            return wanted == null || wanted.equals(clientId);
        }

        boolean fits(String topic) {
            String filter = request.filter();
            return filter == null || TopicFilter.matches(filter, topic);
        }

        void show(String clientId, String text, Payload payload) {
            if (!isRunning()) {
                return;
            }
            try {
                sink.accept(new TraceLine(Instant.ofEpochMilli(clock.millis()), clientId, text, payload));
            } catch (RuntimeException | Error e) {
                // Whoever watches must not harm whom he watches.
                close();
            }
        }

        @Override
        public boolean isRunning() {
            return !closed && clock.nanos() - since < request.time().toNanos();
        }

        @Override
        public void close() {
            closed = true;
            sweep();
        }
    }
}
