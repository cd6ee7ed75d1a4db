// SPDX-License-Identifier: Apache-2.0
package io.culex.process;

import io.culex.api.config.Generation;
import io.culex.api.config.GenerationParticipant;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.SwitchableLog;
import io.culex.api.process.UnixDatagrams;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Tells the service manager how the broker is, in the protocol of sd_notify(3): ready when every listener accepts, when it
 * takes another configuration, when it stops, and at half the watchdog's interval that it is alive. Silent where
 * {@code NOTIFY_SOCKET} is not set. It stays when log and datagrams are exchanged: a service manager that is told of a stop ends
 * the process, so it is told when the broker stops and not when this component goes.
 */
@Component(
        service = {GenerationParticipant.class, ServiceState.class},
        property = "culex.participant=systemd")
public final class Systemd implements GenerationParticipant, ServiceState {
    private final SwitchableLog log = new SwitchableLog();
    private final NotifySocket manager;
    private final long watchdogMicros;
    private final BooleanSupplier frameworkStops;
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(Systemd::daemon);
    private volatile boolean ready;
    private volatile boolean stopping;

    /** Reads the environment. */
    @Activate
    public Systemd(BundleContext context) {
        this(System.getenv(), () -> context.getBundle(0).getState() == Bundle.STOPPING);
    }

    Systemd(Map<String, String> environment, BooleanSupplier frameworkStops) {
        this.manager = new NotifySocket(environment.get("NOTIFY_SOCKET"), log);
        this.watchdogMicros = watchdogMicros(environment);
        this.frameworkStops = frameworkStops;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindDatagrams(UnixDatagrams service) {
        manager.use(service);
    }

    void unbindDatagrams(UnixDatagrams service) {
        if (frameworkStops.getAsBoolean()) {
            // What comes later cannot be said any more.
            stopping();
        }
        manager.drop(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindLog(BrokerLog service) {
        log.use(service);
    }

    void unbindLog(BrokerLog service) {
        log.drop(service);
    }

    private static long watchdogMicros(Map<String, String> environment) {
        String micros = environment.get("WATCHDOG_USEC");
        String pid = environment.get("WATCHDOG_PID");
        boolean meant =
                pid == null || pid.equals(String.valueOf(ProcessHandle.current().pid()));
        return micros != null && meant && micros.matches("[0-9]{1,18}") ? Long.parseLong(micros) : 0;
    }

    /** Says that the broker stops, when it does and that was not said before. */
    @Deactivate
    public void close() {
        if (frameworkStops.getAsBoolean()) {
            stopping();
        }
        watchdog.shutdownNow();
    }

    @Override
    public void stopping() {
        if (!stopping) {
            stopping = true;
            watchdog.shutdownNow();
            manager.tell("STOPPING=1");
        }
    }

    /** After the doors: what is ready is ready altogether. */
    @Override
    public int order() {
        return 1000;
    }

    /** Also of a change that a look at the file refuses: a service manager that asked for it waits for both. */
    @Override
    public void changeBegins() {
        if (ready && !stopping) {
            manager.tell("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
        }
    }

    @Override
    public void changeEnds() {
        sendReady();
    }

    @Override
    public void prepare(Generation generation) {
        // Nothing here can fail.
    }

    @Override
    public void commit(Generation generation) {
        if (!ready) {
            ready = true;
            watch();
            sendReady();
        }
    }

    @Override
    public void abort(Generation generation) {
        // What runs goes on.
    }

    private void sendReady() {
        if (ready && !stopping) {
            manager.tell("READY=1");
        }
    }

    private void watch() {
        if (manager.isThere() && watchdogMicros > 0 && !stopping) {
            long half = Math.max(1, watchdogMicros / 2);
            watchdog.scheduleAtFixedRate(manager::feed, half, half, TimeUnit.MICROSECONDS);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "culex-watchdog");
        thread.setDaemon(true);
        return thread;
    }
}
