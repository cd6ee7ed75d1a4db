// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.websocket;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.ListenerSettings;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.SwitchableLog;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import io.culex.api.metrics.MetricsSource;
import io.culex.transport.PageReader;
import io.culex.transport.PipelineStage;
import io.culex.transport.StaticFiles;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** WebSocket as a stage: listeners with {@code protocol websockets}. */
@Component
public final class WebSocketStage implements PipelineStage, MetricsSource {
    private static final int ORDER = 300;

    private final SwitchableLog log = new SwitchableLog();
    private final RequestCount count = new RequestCount();
    private final PageReader reader = new PageReader();
    private final List<Metric> metrics;

    /** Without a thread until someone asks for a file. */
    @Activate
    public WebSocketStage() {
        metrics = List.of(
                Metric.single(
                        "websockets_opened",
                        MetricType.COUNTER,
                        "WebSocket connections opened since start.",
                        count::opened),
                Metric.single(
                        "websockets_refused",
                        MetricType.COUNTER,
                        "Requests to WebSocket listeners refused since start.",
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

    /** Ends its thread. */
    @Deactivate
    public void stop() {
        reader.close();
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public Set<String> options() {
        return WebSocketOptions.NAMES;
    }

    @Override
    public boolean appliesTo(ListenerSettings settings) {
        return settings.protocol().equals("websockets");
    }

    @Override
    public Prepared prepare(ListenerSettings settings) throws GenerationRefusedException {
        WebSocketOptions options = WebSocketOptions.of(settings);
        Optional<StaticFiles> files = Optional.ofNullable(options.files());
        return new WebSocketPassage(options, new Desk(log, count, reader, files));
    }

    @Override
    public List<Metric> metrics() {
        return metrics;
    }
}
