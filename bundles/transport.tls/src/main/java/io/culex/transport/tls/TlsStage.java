// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.tls;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.GenerationRefusedException.Kind;
import io.culex.api.config.ListenerSettings;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.SwitchableLog;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import io.culex.api.metrics.MetricsSource;
import io.culex.security.tls.TlsFileException;
import io.culex.transport.DialRequest;
import io.culex.transport.PipelineStage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * TLS as a stage: listeners with {@code certfile} and {@code keyfile}, or with {@code psk_hint}; connections outward with
 * authorities or a key of their own. Of other listeners it checks {@code psk_file}.
 */
@Component
public final class TlsStage implements PipelineStage, MetricsSource {
    private static final int ORDER = 200;
    private static final long LOOK_MILLIS = 1000;
    private static final Set<String> NAMES = Stream.concat(TlsOptions.NAMES.stream(), OutwardOptions.NAMES.stream())
            .collect(Collectors.toUnmodifiableSet());

    private final SwitchableLog log = new SwitchableLog();
    private final Surroundings surroundings;
    private final List<Metric> metrics;

    /** Where a handshake outward may wait for an OCSP responder; without a thread while none does. */
    private final ExecutorService blocking = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "culex-tls-check");
        thread.setDaemon(true);
        return thread;
    });

    /** Watches nothing yet. */
    @Activate
    public TlsStage() {
        this(Clock.systemUTC(), LOOK_MILLIS);
    }

    TlsStage(Clock clock, long lookMillis) {
        HandshakeCount count = new HandshakeCount();
        FileWatch watch = new FileWatch(lookMillis);
        surroundings = new Surroundings(log, watch, count, clock);
        metrics = List.of(
                Metric.single(
                        "tls_handshakes",
                        MetricType.COUNTER,
                        "TLS handshakes completed since start.",
                        count::completed),
                Metric.single(
                        "tls_handshakes_failed",
                        MetricType.COUNTER,
                        "TLS handshakes that failed since start.",
                        count::failed),
                new Metric(
                        "tls_certificate_days",
                        MetricType.GAUGE,
                        "Days until the certificate of a listener, or one above it, expires.",
                        List.of("listener"),
                        samples -> {
                            for (TlsPassage passage : watch.passages()) {
                                Duration left = Duration.between(clock.instant(), passage.validUntil());
                                samples.add(left.toSeconds() / 86_400d, passage.listener());
                            }
                        }));
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

    /** Ends the watch. */
    @Deactivate
    public void stop() {
        surroundings.watch().close();
        blocking.shutdown();
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public Set<String> options() {
        return NAMES;
    }

    @Override
    public boolean appliesTo(ListenerSettings settings) {
        return settings.stages().containsKey(TlsOptions.CERTFILE)
                || settings.stages().containsKey(PskPassage.HINT)
                || settings.stages().containsKey(PskPassage.FILE);
    }

    @Override
    public Prepared prepare(ListenerSettings settings) throws GenerationRefusedException {
        Map<String, String> options = settings.stages();
        try {
            if (options.containsKey(PskPassage.HINT)) {
                return PskPassage.of(settings, surroundings);
            }
            PskPassage.check(options);
            return options.containsKey(TlsOptions.CERTFILE)
                    ? new TlsPassage(settings.name(), TlsOptions.of(settings), surroundings)
                    : UnaskedKeys.of(settings, surroundings);
        } catch (TlsFileException e) {
            throw new GenerationRefusedException(Kind.CONFIGURATION, Objects.toString(e.getMessage(), e.toString()), e);
        }
    }

    @Override
    public boolean appliesTo(DialRequest request) {
        return OutwardOptions.areThere(request.stages());
    }

    @Override
    public Prepared prepare(DialRequest request) throws GenerationRefusedException {
        try {
            return OutwardPassage.of(request, blocking);
        } catch (TlsFileException e) {
            throw new GenerationRefusedException(Kind.CONFIGURATION, Objects.toString(e.getMessage(), e.toString()), e);
        }
    }

    @Override
    public List<Metric> metrics() {
        return metrics;
    }
}
