// SPDX-License-Identifier: Apache-2.0
package io.culex.process;

import io.culex.api.config.Generation;
import io.culex.api.config.GenerationParticipant;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.process.UnixDatagrams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Tells the service manager how the broker is, in the protocol of sd_notify(3): ready when every listener accepts, when it
 * takes another configuration, when it stops, and at half the watchdog's interval that it is alive. Silent where
 * {@code NOTIFY_SOCKET} is not set.
 */
@Component(
        service = {GenerationParticipant.class, ServiceState.class},
        property = "culex.participant=systemd")
public final class Systemd implements GenerationParticipant, ServiceState {
    private final @Nullable String socket;
    private final long watchdogMicros;
    private final UnixDatagrams datagrams;
    private final BrokerLog log;
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(Systemd::daemon);
    private volatile boolean ready;
    private volatile boolean stopping;

    /** Reads the environment. */
    @Activate
    public Systemd(@Reference UnixDatagrams datagrams, @Reference BrokerLog log) {
        this(System.getenv(), datagrams, log);
    }

    Systemd(Map<String, String> environment, UnixDatagrams datagrams, BrokerLog log) {
        this.socket = environment.get("NOTIFY_SOCKET");
        this.watchdogMicros = watchdogMicros(environment);
        this.datagrams = datagrams;
        this.log = log;
    }

    private static long watchdogMicros(Map<String, String> environment) {
        String micros = environment.get("WATCHDOG_USEC");
        String pid = environment.get("WATCHDOG_PID");
        boolean meant =
                pid == null || pid.equals(String.valueOf(ProcessHandle.current().pid()));
        return micros != null && meant && micros.matches("[0-9]{1,18}") ? Long.parseLong(micros) : 0;
    }

    /** Says that the broker stops, when that was not said before. */
    @Deactivate
    public void close() {
        stopping();
    }

    @Override
    public void stopping() {
        if (!stopping) {
            stopping = true;
            watchdog.shutdownNow();
            send("STOPPING=1");
        }
    }

    /** After the doors: what is ready is ready altogether. */
    @Override
    public int order() {
        return 1000;
    }

    @Override
    public void prepare(Generation generation) {
        if (ready && !stopping) {
            send("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
        }
    }

    @Override
    public void commit(Generation generation) {
        if (!ready) {
            ready = true;
            watch();
        }
        sendReady();
    }

    @Override
    public void abort(Generation generation) {
        if (ready) {
            sendReady();
        }
    }

    private void sendReady() {
        if (!stopping) {
            send("READY=1");
        }
    }

    private void watch() {
        if (socket != null && watchdogMicros > 0 && !stopping) {
            long half = Math.max(1, watchdogMicros / 2);
            watchdog.scheduleAtFixedRate(() -> send("WATCHDOG=1"), half, half, TimeUnit.MICROSECONDS);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "culex-watchdog");
        thread.setDaemon(true);
        return thread;
    }

    private void send(String state) {
        if (socket == null) {
            return;
        }
        try {
            datagrams.send(socket, state.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            log.log(LogType.WARNING, "Warning: The service manager cannot be told " + state + ": " + e.getMessage());
        }
    }
}
