// SPDX-License-Identifier: Apache-2.0
package io.culex.process;

import io.culex.api.admin.BrokerAdmin;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.log.SwitchableLog;
import io.culex.api.store.MessageStore;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * What the broker does at SIGTERM, SIGINT, SIGUSR1 and SIGUSR2 (SPEC H.5). The first two are taken only where the process
 * is the broker's own; a Karaf that runs other things too keeps them. It stays when the log is exchanged: a signal in that moment
 * finds its handler.
 */
@Component(
        service = {},
        immediate = true)
public final class Signals {
    /** The property by which the launcher says that the process is the broker's own. */
    private static final String OWN_PROCESS = "culex.own.process";

    /** The property by which {@code config} learns that a stop was asked for, before the framework begins to stop. */
    private static final String STOPPING = "culex.stopping";

    /** One for all reports: the descriptor never lets go of a stream that was made over it. */
    private final OutputStream stdout = new FileOutputStream(FileDescriptor.out);

    private final BundleContext context;
    private final SwitchableLog log = new SwitchableLog();
    private final Stop stop;
    private final AtomicReference<@Nullable BrokerAdmin> admin = new AtomicReference<>();
    private final AtomicReference<@Nullable MessageStore> store = new AtomicReference<>();
    private final AtomicReference<@Nullable ServiceState> serviceState = new AtomicReference<>();
    private final List<SignalHook> hooks = new ArrayList<>();

    /** Takes the signals. */
    @Activate
    public Signals(BundleContext context) {
        this.context = context;
        this.stop = new Stop(version(context), log, admin::get, this::stopFramework);
        if (Boolean.parseBoolean(context.getProperty(OWN_PROCESS))) {
            take("TERM", this::stop);
            take("INT", this::stop);
        }
        take("USR1", this::save);
        take("USR2", this::print);
    }

    /** Gives the signals back. */
    @Deactivate
    public void close() throws ReflectiveOperationException {
        for (SignalHook hook : hooks) {
            hook.close();
        }
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

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindAdmin(BrokerAdmin service) {
        admin.set(service);
    }

    void unbindAdmin(BrokerAdmin service) {
        admin.compareAndSet(service, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindStore(MessageStore service) {
        store.set(service);
    }

    void unbindStore(MessageStore service) {
        store.compareAndSet(service, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindServiceState(ServiceState service) {
        serviceState.set(service);
    }

    void unbindServiceState(ServiceState service) {
        serviceState.compareAndSet(service, null);
    }

    private void take(String signal, Runnable action) {
        try {
            hooks.add(new SignalHook(signal, action));
        } catch (ReflectiveOperationException e) {
            log.log(LogType.WARNING, "Warning: SIG" + signal + " cannot be handled here: " + e);
        }
    }

    private void stop() {
        System.setProperty(STOPPING, "true");
        ServiceState state = serviceState.get();
        if (state != null) {
            state.stopping();
        }
        stop.begin();
    }

    private void save() {
        MessageStore kept = store.get();
        if (kept == null) {
            log.log(LogType.NOTICE, "SIGUSR1: there is no store to be saved.");
            return;
        }
        log.log(LogType.INFORMATION, "Saving the store to the disk.");
        kept.sync();
    }

    private void print() {
        BrokerAdmin broker = admin.get();
        if (broker != null) {
            PrintStream out = new PrintStream(stdout, false, StandardCharsets.UTF_8);
            new TopicReport(broker).print(out);
            out.flush();
        }
    }

    private static String version(BundleContext context) {
        Version version = context.getBundle().getVersion();
        return version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
    }

    private void stopFramework() {
        try {
            context.getBundle(0).stop();
        } catch (BundleException e) {
            log.log(LogType.ERROR, "Error: The framework does not stop: " + e);
        }
    }
}
