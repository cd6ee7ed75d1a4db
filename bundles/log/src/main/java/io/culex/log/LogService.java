// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

import io.culex.api.config.Generation;
import io.culex.api.config.GenerationParticipant;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.LogSettings;
import io.culex.api.local.Publisher;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import io.culex.api.metrics.MetricsSource;
import io.culex.api.process.UnixDatagrams;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The broker's log. Until the first generation is committed it writes with Mosquitto's defaults to standard error; each
 * commit opens the file of {@code log_dest file} anew, which is what a rotation of log files asks for.
 */
@Component(
        service = {BrokerLog.class, GenerationParticipant.class, MetricsSource.class},
        immediate = true,
        property = "culex.participant=log")
public final class LogService implements BrokerLog, GenerationParticipant, MetricsSource {
    private static final int BACKLOG_LINES = 8192;
    private static final long CLOSE_MILLIS = 2000;

    private final AtomicReference<@Nullable Publisher> publisher = new AtomicReference<>();
    private final AtomicReference<@Nullable UnixDatagrams> datagrams = new AtomicReference<>();
    private final LongAdder failed = new LongAdder();
    private final Recipient.Failures failures = Recipient.Failures.toStderr(failed);
    private final Backlog backlog = new Backlog(BACKLOG_LINES);
    private final Scribe scribe;
    private final Thread thread;
    private final List<Metric> metrics;
    private volatile Filter filter = Filter.of(LogSettings.DEFAULTS);
    private @Nullable Turnover prepared;

    /** Starts the writing thread with the defaults. */
    @Activate
    public LogService() {
        this(StreamOutlet.stderr());
    }

    LogService(Outlet first) {
        scribe = new Scribe(backlog, format(LogSettings.DEFAULTS), new Outlets(List.of(first), failures));
        metrics = List.of(
                Metric.single("log_lines", MetricType.COUNTER, "Lines written to the log.", scribe::written),
                Metric.single(
                        "log_lines_dropped",
                        MetricType.COUNTER,
                        "Lines lost because a destination of the log could not keep up.",
                        backlog::dropped),
                Metric.single(
                        "log_failures",
                        MetricType.COUNTER,
                        "Failed attempts to write to a destination of the log.",
                        failed::sum));
        thread = new Thread(scribe, "culex-log");
        thread.setDaemon(true);
        thread.start();
    }

    /** Brings out what was logged and ends the thread; waits a bounded time. */
    @Deactivate
    public void close() throws InterruptedException {
        scribe.close();
        thread.join(CLOSE_MILLIS);
    }

    @Override
    public boolean enabled(LogType type) {
        return filter.passes(type);
    }

    @Override
    public boolean connectionMessages() {
        return filter.connectionMessages();
    }

    @Override
    public void log(LogType type, String line) {
        if (filter.passes(type)) {
            String text = line.length() <= LineFormat.MAX_BYTES ? line : line.substring(0, LineFormat.MAX_BYTES);
            backlog.offer(new Line(type, System.currentTimeMillis() / 1000, text));
        }
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public void prepare(Generation generation) throws GenerationRefusedException {
        LogSettings settings = generation.broker().log();
        prepared = new Turnover(format(settings), new Outlets(outlets(settings), failures));
    }

    @Override
    public void commit(Generation generation) {
        Turnover turnover = prepared;
        if (turnover != null) {
            prepared = null;
            backlog.offer(turnover);
            filter = Filter.of(generation.broker().log());
        }
    }

    @Override
    public void abort(Generation generation) {
        Turnover turnover = prepared;
        if (turnover != null) {
            prepared = null;
            turnover.outlets().close();
        }
    }

    @Override
    public List<Metric> metrics() {
        return metrics;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPublisher(Publisher service) {
        publisher.set(service);
    }

    void unbindPublisher(Publisher service) {
        publisher.compareAndSet(service, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindDatagrams(UnixDatagrams service) {
        datagrams.set(service);
    }

    void unbindDatagrams(UnixDatagrams service) {
        datagrams.compareAndSet(service, null);
    }

    private static LineFormat format(LogSettings settings) {
        return new LineFormat(settings, ZoneId.systemDefault());
    }

    private List<Outlet> outlets(LogSettings settings) throws GenerationRefusedException {
        List<Outlet> outlets = new ArrayList<>();
        for (LogSettings.Destination destination : settings.destinations()) {
            outlets.add(
                    switch (destination) {
                        case STDERR -> StreamOutlet.stderr();
                        case STDOUT -> StreamOutlet.stdout();
                        case SYSLOG -> new SyslogOutlet(settings.facility(), ZoneId.systemDefault(), datagrams::get);
                        case TOPIC -> new TopicOutlet(publisher::get);
                        case FILE -> open(settings.file());
                    });
        }
        return outlets;
    }

    private static Outlet open(@Nullable String file) throws GenerationRefusedException {
        try {
            return StreamOutlet.file(Path.of(String.valueOf(file)));
        } catch (IOException e) {
            throw new GenerationRefusedException(
                    GenerationRefusedException.Kind.CONFIGURATION,
                    "Error: Unable to open log file " + file + " for writing.",
                    e);
        }
    }
}
