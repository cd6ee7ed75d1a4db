// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.export;

import io.culex.api.config.Generation;
import io.culex.api.config.GenerationParticipant;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.log.SwitchableLog;
import io.culex.api.metrics.MetricSources;
import io.culex.api.metrics.MetricsSource;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * What the component of an exporter is, whatever it exports to: its constructor has checked the settings, and it begins when a
 * generation that means it is in force. It reads the sources that are there. A component must not be bound to its own metrics by
 * the container, because its service needs it first: it adds them itself and leaves itself out by its property {@code Source.target}.
 */
public abstract class Exporter implements GenerationParticipant, MetricsSource {
    private static final int ORDER = 200;

    private final Maker maker;
    private final SwitchableLog log = new SwitchableLog();
    private final MetricSources sources = new MetricSources(line -> log.log(LogType.WARNING, line));
    private boolean begun;

    /** An exporter that rests. */
    protected Exporter(Maker maker) {
        this.maker = maker;
    }

    /** Begins to export: a generation that means this exporter is in force. Called once, on the admin thread; must not fail. */
    protected abstract void begin(Generation generation);

    /** Whom it reads. */
    protected final MetricSources sources() {
        return sources;
    }

    /** Where it says what goes wrong. */
    protected final SwitchableLog log() {
        return log;
    }

    /** Which configuration it was made by. */
    protected final Maker maker() {
        return maker;
    }

    /** The name of its plugin. */
    protected final String plugin() {
        return maker.plugin();
    }

    @Override
    public final int order() {
        return ORDER;
    }

    @Override
    public final void prepare(Generation generation) {
        // What can fail was done by the constructor.
    }

    @Override
    public final void commit(Generation generation) {
        if (!begun && maker.isMeantBy(generation)) {
            begun = true;
            begin(generation);
        }
    }

    @Override
    public final void abort(Generation generation) {
        // Nothing was prepared.
    }

    /** Reads a source from now on. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public final void addSource(MetricsSource source) {
        sources.add(source);
    }

    /** Reads a source no more. */
    public final void removeSource(MetricsSource source) {
        sources.remove(source);
    }

    /** Writes to the broker's log from now on. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public final void bindLog(BrokerLog service) {
        log.use(service);
    }

    /** The broker's log goes. */
    public final void unbindLog(BrokerLog service) {
        log.drop(service);
    }
}
