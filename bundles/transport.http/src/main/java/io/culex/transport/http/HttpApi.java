// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.http;

import io.culex.api.auth.AccessControl;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.ListenerSettings;
import io.culex.api.config.Running;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.SwitchableLog;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import io.culex.api.metrics.MetricsSource;
import io.culex.api.metrics.SysValues;
import io.culex.transport.Arrival;
import io.culex.transport.Endpoint;
import io.culex.transport.PageReader;
import io.culex.transport.PipelineStage;
import io.culex.transport.StaticFiles;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * Listeners with {@code protocol http_api}: the stage that speaks HTTP, and the endpoint behind it. A connection holds nothing
 * but one request, so all of them are closed when the bundle goes.
 */
@Component
public final class HttpApi implements Endpoint, PipelineStage, MetricsSource {
    private static final String PROTOCOL = "http_api";
    private static final int ORDER = 300;
    private static final int DEFAULT_HEAD = 4096;

    private final AccessControl access;
    private final SwitchableLog log = new SwitchableLog();
    private final RequestCount count = new RequestCount();
    private final PageReader reader = new PageReader();
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Views views;
    private final List<Metric> metrics;

    /** Nobody has asked yet. */
    @Activate
    public HttpApi(@Reference AccessControl access) {
        this(access, brokerVersion());
    }

    HttpApi(AccessControl access, String version) {
        this.access = access;
        this.views = new Views(version);
        this.metrics = List.of(
                Metric.single("http_requests", MetricType.COUNTER, "HTTP requests answered since start.", count::all),
                Metric.single(
                        "http_requests_refused",
                        MetricType.COUNTER,
                        "HTTP requests answered with an error since start.",
                        count::refused));
    }

    /** That of the API, which only changes with a restart: this bundle may be newer. */
    private static String brokerVersion() {
        Version version = FrameworkUtil.getBundle(AccessControl.class).getVersion();
        return version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
    }

    /** Closes what is open: the next request finds the bundle that comes after this one. */
    @Deactivate
    public void stop() {
        open.close();
        reader.close();
    }

    @Override
    public String protocol() {
        return PROTOCOL;
    }

    @Override
    public void attach(Channel channel, Arrival arrival) {
        channel.pipeline().addLast("http-farewell", new Farewell());
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public Set<String> options() {
        return Set.of("http_dir", "packet_buffer_size");
    }

    @Override
    public boolean appliesTo(ListenerSettings settings) {
        return settings.protocol().equals(PROTOCOL);
    }

    @Override
    public Prepared prepare(ListenerSettings settings) throws GenerationRefusedException {
        Map<String, String> options = settings.stages();
        String folder = options.get("http_dir");
        Optional<StaticFiles> files = folder == null ? Optional.empty() : Optional.of(StaticFiles.of(folder));
        int head = Integer.parseInt(options.getOrDefault("packet_buffer_size", "0"));
        Desk desk = new Desk(access, views, reader, files, log, count);
        return new HttpPassage(head == 0 ? DEFAULT_HEAD : head, desk, open);
    }

    @Override
    public List<Metric> metrics() {
        return metrics;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addLog(BrokerLog service) {
        log.use(service);
    }

    void removeLog(BrokerLog service) {
        log.drop(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addRunning(Running service) {
        views.use(service);
    }

    void removeRunning(Running service) {
        views.drop(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addSysValues(SysValues service) {
        views.use(service);
    }

    void removeSysValues(SysValues service) {
        views.drop(service);
    }
}
