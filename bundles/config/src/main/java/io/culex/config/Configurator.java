// SPDX-License-Identifier: Apache-2.0
package io.culex.config;

import io.culex.api.config.ConfigView;
import io.culex.api.config.GenerationParticipant;
import io.culex.api.config.Reload;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.config.generation.Conductor;
import io.culex.config.generation.Participant;
import io.culex.config.provision.FactoryConfigurations;
import io.culex.config.provision.JarBundles;
import io.culex.config.provision.Provisioner;
import io.culex.config.provision.Readiness;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * Makes generations out of mosquitto.conf (DESIGN §5). The file is the property {@code culex.conf} of the framework or the
 * system; without it {@code mosquitto.conf} in Karaf's configuration folder; without that the broker is in local only mode.
 * Every change runs on the thread {@code culex-admin}.
 */
@Component(
        service = {Reload.class, ConfigView.class},
        immediate = true)
public final class Configurator implements Reload, ConfigView {
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(5);
    private static final Duration REMIND_EVERY = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration PLUGIN_BOUND = Duration.ofSeconds(30);
    private static final String NAME_PROPERTY = "culex.participant";

    private final AdminThread admin;
    private final Map<GenerationParticipant, Participant> participants = new ConcurrentHashMap<>();
    private final String runId = UUID.randomUUID().toString();
    private final FrameworkHost host;
    private final Conductor conductor;
    private final @Nullable HangupSignal hangup;

    /** Settings of this component. */
    @interface Config {
        /** The participants, by their property {@code culex.participant}, that the first start waits for. */
        String[] required_participants() default {"core", "log", "store", "transport"};
    }

    /** Begins to wait for the participants. */
    @Activate
    public Configurator(
            BundleContext context,
            Config config,
            @Reference ConfigurationAdmin configurations,
            @Reference ServiceComponentRuntime components) {
        this(
                context,
                new Awaited(Set.of(config.required_participants()), () -> obstacles(context, components), REMIND_EVERY),
                (runId, log) -> new FactoryConfigurations(
                        configurations,
                        new Readiness(context, components, PLUGIN_BOUND, log),
                        new JarBundles(context, log),
                        runId,
                        log));
    }

    private static List<String> obstacles(BundleContext context, ServiceComponentRuntime components) {
        List<String> lines = new Overlooked(context).start();
        lines.addAll(new Obstacles(context, components).lines());
        return lines;
    }

    /**
     * What the first start waits for.
     *
     * @param participants by their names
     * @param obstacles starts what can be started, and says why they are not there, as far as that can be said
     * @param remindEvery how often the log says so
     */
    record Awaited(Set<String> participants, Supplier<List<String>> obstacles, Duration remindEvery) {}

    Configurator(BundleContext context, Awaited awaited, Provisioner.Factory provisioners) {
        host = new FrameworkHost(context, awaited.obstacles(), Map.copyOf(System.getenv()), Clock.systemUTC());
        admin = new AdminThread(e -> host.log(LogType.ERROR, "Error: " + e));
        Provisioner provisioner = provisioners.of(runId, host::log);
        conductor = new Conductor(host, awaited.participants(), provisioner, runId);
        admin.run(provisioner::clean);
        hangup = host.hasFileOfCommandLine() || host.isOwnProcess() ? listenForHangup() : null;
        admin.every(awaited.remindEvery(), conductor::remind);
        admin.every(LOOK_EVERY, conductor::look);
    }

    private @Nullable HangupSignal listenForHangup() {
        try {
            return new HangupSignal(() -> admin.run(this::hangUp));
        } catch (ReflectiveOperationException e) {
            host.log(LogType.WARNING, "Warning: SIGHUP cannot be handled here: " + e);
            return null;
        }
    }

    /** Without a file there is nothing to take, and nothing that a log would be written to anew; the process lives on. */
    private void hangUp() {
        if (host.hasFileOfCommandLine()) {
            conductor.reload();
        } else {
            host.log(LogType.NOTICE, "SIGHUP: there is no configuration file to be loaded.");
        }
    }

    /** Ends the thread; what is in force stays until its participants end. */
    @Deactivate
    public void close() throws ReflectiveOperationException {
        host.close(runId);
        if (hangup != null) {
            hangup.close();
        }
        admin.close();
    }

    /** Someone takes part from now on. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void addParticipant(GenerationParticipant service, Map<String, Object> properties) {
        Participant participant = new Participant(service, Objects.toString(properties.get(NAME_PROPERTY), ""));
        participants.put(service, participant);
        admin.run(() -> conductor.join(participant));
    }

    /** Someone goes; waits, bounded, until it is not asked any more. */
    public void removeParticipant(GenerationParticipant service) throws InterruptedException {
        Participant participant = participants.remove(service);
        if (participant != null && !admin.runAndWait(() -> conductor.leave(participant), LEAVE_LIMIT)) {
            host.log(LogType.WARNING, "Warning: " + participant.name() + " left during a change.");
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindLog(BrokerLog log) {
        host.bind(log);
    }

    void unbindLog(BrokerLog log) {
        host.unbind(log);
    }

    @Override
    public Result reload() {
        return onAdmin(conductor::reload);
    }

    @Override
    public Result check() {
        return onAdmin(conductor::check);
    }

    @Override
    public Result rollback() {
        return onAdmin(conductor::rollback);
    }

    @Override
    public List<String> lines(boolean defaults) {
        return onAdmin(() -> conductor.lines(defaults), List.of());
    }

    private Result onAdmin(Callable<Result> work) {
        return onAdmin(work, new Result(false, 0, "interrupted"));
    }

    private <T> T onAdmin(Callable<T> work, T interrupted) {
        try {
            return admin.call(work);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return interrupted;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
