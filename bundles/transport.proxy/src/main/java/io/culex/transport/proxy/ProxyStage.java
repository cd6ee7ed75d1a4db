// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.proxy;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.ListenerSettings;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.SwitchableLog;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import io.culex.api.metrics.MetricsSource;
import io.culex.transport.PipelineStage;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The PROXY protocol as a stage: listeners with {@code enable_proxy_protocol}. */
@Component
public final class ProxyStage implements PipelineStage, MetricsSource {
    private static final int ORDER = 100;

    private final SwitchableLog log = new SwitchableLog();
    private final HeaderCount count = new HeaderCount();
    private final List<Metric> metrics;

    /** Nothing is counted yet. */
    @Activate
    public ProxyStage() {
        metrics = List.of(
                Metric.single("proxy_headers", MetricType.COUNTER, "PROXY headers taken since start.", count::taken),
                Metric.single(
                        "proxy_headers_refused",
                        MetricType.COUNTER,
                        "Connections refused since start for want of a good PROXY header.",
                        count::refused));
    }

    /** The log is there. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void addLog(BrokerLog service) {
        log.use(service);
    }

    /** The log is gone. */
    public void removeLog(BrokerLog service) {
        log.drop(service);
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public Set<String> options() {
        return ProxyOptions.NAMES;
    }

    @Override
    public boolean appliesTo(ListenerSettings settings) {
        return settings.stages().containsKey(ProxyOptions.ENABLED);
    }

    @Override
    public Prepared prepare(ListenerSettings settings) throws GenerationRefusedException {
        return new ProxyPassage(settings, ProxyOptions.of(settings), log, count);
    }

    @Override
    public List<Metric> metrics() {
        return metrics;
    }
}
