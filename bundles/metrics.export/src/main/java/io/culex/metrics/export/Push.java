// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.export;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.metrics.Family;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricSources;
import io.culex.api.metrics.MetricType;
import io.culex.api.metrics.MetricsSource;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An exporter that sends: reads all metrics in an interval, and has a {@link Courier} bring them to the server. Readings go on
 * while the server is away. Nothing happens before {@link #start}. Its methods are not for several threads.
 */
public final class Push implements MetricsSource {
    private static final long IDLE_SECONDS = 30;

    /** Makes the request of a reading. */
    @FunctionalInterface
    public interface Encoder {
        /** The metrics as they were at {@code time}. */
        Update encode(Collection<Family> families, Instant time);
    }

    private final PushSettings settings;
    private final MetricSources sources;
    private final BrokerLog log;
    private final Encoder encoder;
    private final Function<Executor, HttpPost> server;
    private final Clock clock;
    private final ReadingTimes times;
    private final Backlog backlog;
    private final List<Metric> metrics;
    private volatile @Nullable Running running;

    private record Running(ScheduledThreadPoolExecutor pulse, ExecutorService answers, Courier courier) {}

    /**
     * It rests.
     *
     * @param sources what is read; its own metrics are added
     * @param log where it says what goes wrong
     * @param server makes the client, whose answers come on the threads given
     */
    public Push(
            PushSettings settings,
            MetricSources sources,
            BrokerLog log,
            Encoder encoder,
            Function<Executor, HttpPost> server) {
        this.settings = settings;
        this.sources = sources;
        this.log = log;
        this.encoder = encoder;
        this.server = server;
        this.clock = Clock.systemUTC();
        this.times = new ReadingTimes(settings.interval());
        this.backlog = new Backlog(settings.capacity());
        this.metrics = List.of(
                metric(
                        "exporter_delivered",
                        MetricType.COUNTER,
                        "Readings that a server has taken.",
                        () -> courier(true)),
                metric("exporter_failures", MetricType.COUNTER, "Requests that failed.", () -> courier(false)),
                metric(
                        "exporter_dropped",
                        MetricType.COUNTER,
                        "Readings that were lost: refused, or too many for the buffer.",
                        backlog::dropped),
                metric("exporter_waiting", MetricType.GAUGE, "Readings that wait for a server.", backlog::size));
        sources.add(this);
    }

    private Metric metric(String name, MetricType type, String help, DoubleSupplier value) {
        return new Metric(
                name, type, help, List.of("plugin"), samples -> samples.add(value.getAsDouble(), settings.plugin()));
    }

    private double courier(boolean delivered) {
        Running now = running;
        return now == null ? 0 : delivered ? now.courier.delivered() : now.courier.failures();
    }

    /** Its own numbers. */
    @Override
    public List<Metric> metrics() {
        return metrics;
    }

    /** Begins to read and to send; once. */
    public void start() {
        ScheduledThreadPoolExecutor pulse =
                new ScheduledThreadPoolExecutor(1, task -> daemon(task, "culex-read-" + settings.plugin()));
        // Not "settings", which is "this": the client's own thread holds the executor for as long as somebody has the
        // client.
        String answering = "culex-http-" + settings.plugin();
        ThreadPoolExecutor answers = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> daemon(task, answering));
        answers.allowCoreThreadTimeOut(true);
        HttpPost post = server.apply(answers);
        Courier courier = new Courier(settings, backlog, post::send, log);
        running = new Running(pulse, answers, courier);
        courier.start();
        long every = settings.interval().toMillis();
        // At multiples of the wall clock, so that the readings of several brokers lie beside each other.
        pulse.scheduleAtFixedRate(this::read, every - clock.millis() % every, every, TimeUnit.MILLISECONDS);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Whatever one reading fails at, the next one is made: what comes out of here would end them all, unseen. */
    private void read() {
        try {
            backlog.add(encoder.encode(sources.read(), times.next(clock.instant())));
        } catch (RuntimeException | Error e) {
            log.log(LogType.ERROR, settings.plugin() + ": Error: The metrics cannot be read: " + e);
        }
    }

    /** Sends what waits, once and bounded, and ends. */
    public void close() throws InterruptedException {
        Running now = running;
        if (now != null) {
            now.pulse.shutdownNow();
            now.courier.close();
            int lost = backlog.size();
            if (lost > 0) {
                log.log(
                        LogType.WARNING,
                        settings.plugin() + ": Warning: Readings that the server has not taken are lost: " + lost
                                + ".");
            }
            now.answers.shutdown();
        }
    }
}
