// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.admin.PluginInfo;
import io.culex.api.auth.Authenticator;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.EnhancedAuthenticator;
import io.culex.api.auth.UserDirectory;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.Generation;
import io.culex.api.config.GenerationParticipant;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.control.ControlTopic;
import io.culex.api.intercept.Interceptor;
import io.culex.api.intercept.SessionObserver;
import io.culex.api.log.LogType;
import io.culex.core.loop.LoopSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Which plugins there are, and with the generation: which gates. The only class of the core with dynamic references to
 * services of plugins. Every change makes a new {@link Snapshot}; a plugin that goes is let go only when no loop and no call
 * is inside it any more.
 */
@Component(
        service = {PluginRegistry.class, GenerationParticipant.class},
        property = "culex.participant=core")
public final class PluginRegistry implements GenerationParticipant {
    private final LoopSource loops;
    private final CoreLog log;
    private final Current current = new Current();
    private final Observers observers;
    private final ControlTopics controls;
    private final AdminTasks admin;
    private final Candidates candidates;
    private final Gates gates = new Gates(this::waitFor);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private Generation generation = new Generation(0, "", BrokerSettings.DEFAULTS, List.of());
    private boolean storeIsThere;

    /** A registry without plugins and generation. */
    @Activate
    public PluginRegistry(@Reference LoopSource loops, @Reference CoreLog log) {
        this(loops, log, AdminTasks.thread());
    }

    PluginRegistry(LoopSource loops, CoreLog log, ScheduledExecutorService admin) {
        this.loops = loops;
        this.log = log;
        this.candidates = new Candidates(log);
        this.observers = new Observers(log);
        this.admin = new AdminTasks(admin, log);
        this.controls = new ControlTopics(admin, log);
    }

    @Deactivate
    void deactivate() {
        admin.close();
    }

    /** What holds now. */
    public Current current() {
        return current;
    }

    /** The observers of sessions. */
    public Observers observers() {
        return observers;
    }

    /** The {@code $CONTROL} topics. */
    public ControlTopics controls() {
        return controls;
    }

    /** Runs a short task on the admin thread again and again until the core ends. */
    public void every(Duration period, Runnable task) {
        admin.every(period, task);
    }

    /** Where work is done that must not be done on a loop. */
    public Executor admin() {
        return admin.executor();
    }

    /** What there is to see of the plugins that are there, and of those that are missing; by name. */
    public synchronized List<PluginInfo> plugins() {
        return new PluginReport(candidates.serving(generation), Gates.needed(generation), gates::isTooLate).all();
    }

    /** Is told after each change of a gate; on any thread. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public int order() {
        return 0;
    }

    @Override
    public void prepare(Generation next) throws GenerationRefusedException {
        candidates.await(next, Gates.needed(next));
    }

    @Override
    public synchronized void commit(Generation next) {
        generation = next;
        controls.take(next);
        publish();
    }

    @Override
    public void abort(Generation next) {
        // Nothing was prepared.
    }

    private synchronized void publish() {
        Map<String, Scope> scopes = gates.scopes(generation, candidates.plugins(generation), storeIsThere);
        current.set(new Snapshot(generation.number(), generation.broker(), scopes, generation.brokerId()));
        listeners.forEach(Runnable::run);
    }

    /** The store came, or goes: without one that must be there every gate waits. Returns when no loop is behind that. */
    public void store(boolean there) {
        synchronized (this) {
            storeIsThere = there;
            publish();
        }
        if (!there) {
            new Drain(loops.loops(), log).awaitLoops();
        }
    }

    private void waitFor(String name, Gates.Missing since) {
        Duration bound = generation.broker().sessions().pluginSwapTimeout();
        admin.later(bound, () -> giveUp(name, since));
    }

    private synchronized void giveUp(String name, Gates.Missing since) {
        if (gates.giveUp(name, since)) {
            log.log(LogType.ERROR, "Error: Required plugin is missing, clients are refused: " + name);
            publish();
        }
    }

    private synchronized void bind(Class<?> kind, Object service, Map<String, Object> properties) {
        Candidate candidate = candidates.add(kind, service, properties);
        publishIfMeant(candidate);
        if (candidate.isPart() && candidate.isMeantBy(generation)) {
            log.log(LogType.ERROR, Candidates.severalServices(candidate.name()));
        }
    }

    /** What is made for a generation to come, or is left of the one before, is nothing to the gates. */
    private void publishIfMeant(Candidate candidate) {
        if (candidate.isMeantBy(generation)) {
            publish();
        }
    }

    private void unbind(Class<?> kind, Map<String, Object> properties) {
        Candidate leaving;
        synchronized (this) {
            leaving = candidates.remove(kind, properties);
            if (leaving == null) {
                return;
            }
            publishIfMeant(leaving);
        }
        // Outside the lock: a loop may need it to answer.
        new Drain(loops.loops(), log).await(leaving);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindAuthenticator(Authenticator service, Map<String, Object> properties) {
        bind(Authenticator.class, service, properties);
    }

    void unbindAuthenticator(Map<String, Object> properties) {
        unbind(Authenticator.class, properties);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindEnhanced(EnhancedAuthenticator service, Map<String, Object> properties) {
        bind(EnhancedAuthenticator.class, service, properties);
    }

    void unbindEnhanced(Map<String, Object> properties) {
        unbind(EnhancedAuthenticator.class, properties);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindAuthorizer(Authorizer service, Map<String, Object> properties) {
        bind(Authorizer.class, service, properties);
    }

    void unbindAuthorizer(Map<String, Object> properties) {
        unbind(Authorizer.class, properties);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindInterceptor(Interceptor service, Map<String, Object> properties) {
        bind(Interceptor.class, service, properties);
    }

    void unbindInterceptor(Map<String, Object> properties) {
        unbind(Interceptor.class, properties);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindDirectory(UserDirectory service, Map<String, Object> properties) {
        bind(UserDirectory.class, service, properties);
    }

    void unbindDirectory(Map<String, Object> properties) {
        unbind(UserDirectory.class, properties);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindObserver(SessionObserver observer) {
        observers.add(observer);
    }

    void unbindObserver(SessionObserver observer) {
        observers.remove(observer);
        new Drain(loops.loops(), log).awaitLoops();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindControl(ControlTopic topic, Map<String, Object> properties) {
        controls.add(topic, properties);
    }

    void unbindControl(ControlTopic topic) {
        controls.remove(topic);
    }
}
