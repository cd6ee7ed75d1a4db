// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.sys;

import io.culex.api.config.Generation;
import io.culex.api.config.GenerationParticipant;
import io.culex.api.local.LocalSessions;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.metrics.MetricsSource;
import io.culex.api.metrics.SysValues;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SortedMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Publishes {@code $SYS/broker/...} every {@code sys_interval} on a thread of its own; nothing more once {@link #close} has
 * returned. What was published stays retained when it is switched off, as in Mosquitto.
 */
@Component(
        service = {GenerationParticipant.class, SysValues.class},
        immediate = true,
        property = "culex.participant=metrics.sys")
public final class SysPublisher implements GenerationParticipant, SysValues {
    private static final int ORDER = 200;
    private static final long CLOSE_SECONDS = 5;

    private final AtomicReference<@Nullable BrokerLog> log = new AtomicReference<>();
    private final Sources sources = new Sources(SysTopics.METRICS, this::warn);
    private final SysTree tree;
    private final SysSession session;
    private final ScheduledThreadPoolExecutor thread;
    private final Schedule schedule;
    private boolean failed;

    /** Waits for the first generation. */
    @Activate
    public SysPublisher(@Reference LocalSessions sessions) {
        this(sessions, brokerVersion());
    }

    SysPublisher(LocalSessions sessions, String version) {
        tree = new SysTree(version);
        session = new SysSession(sessions);
        // What comes after the end is thrown away: a commit must not fail.
        thread = new ScheduledThreadPoolExecutor(1, SysPublisher::daemon, new ThreadPoolExecutor.DiscardPolicy());
        thread.setRemoveOnCancelPolicy(true);
        schedule = new Schedule(
                InstantSource.system(),
                (millis, task) -> thread.schedule(task, millis, TimeUnit.MILLISECONDS),
                this::publish);
    }

    /** That of the API, which only changes with a restart: this bundle may be newer. */
    private static String brokerVersion() {
        Version version = FrameworkUtil.getBundle(MetricsSource.class).getVersion();
        return version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
    }

    private static Thread daemon(Runnable work) {
        Thread made = new Thread(work, "culex-sys");
        made.setDaemon(true);
        return made;
    }

    /** Ends the thread and the session. */
    @Deactivate
    public void close() throws InterruptedException {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                warn("Warning: $SYS is still being published after " + CLOSE_SECONDS + " seconds.");
            }
        } finally {
            session.close();
        }
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public void prepare(Generation generation) {
        // An interval cannot fail.
    }

    @Override
    public void commit(Generation generation) {
        Duration interval = generation.broker().sysInterval();
        thread.execute(() -> {
            schedule.every(interval);
            if (interval.isZero()) {
                tree.forget();
            }
        });
    }

    @Override
    public void abort(Generation generation) {
        // Nothing was prepared.
    }

    @Override
    public SortedMap<String, Long> values() {
        return SysTree.numbers(sources.read());
    }

    private void publish() {
        try {
            // First, so that the core finds no session more while it publishes than while it was read.
            session.open();
            session.publish(tree.changes(sources.read(), System.nanoTime()));
            failed = false;
        } catch (UnpublishedException | RuntimeException e) {
            session.close();
            tree.forget();
            if (!failed) {
                warn("Warning: $SYS cannot be published: " + e.getMessage());
            }
            failed = true;
        } catch (InterruptedException e) {
            // Only close() interrupts this thread, and it ends it.
            Thread.currentThread().interrupt();
        }
    }

    private void warn(String line) {
        BrokerLog now = log.get();
        if (now != null) {
            now.log(LogType.WARNING, line);
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addSource(MetricsSource source) {
        sources.add(source);
    }

    void removeSource(MetricsSource source) {
        sources.remove(source);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindLog(BrokerLog service) {
        log.set(service);
    }

    void unbindLog(BrokerLog service) {
        log.compareAndSet(service, null);
    }
}
