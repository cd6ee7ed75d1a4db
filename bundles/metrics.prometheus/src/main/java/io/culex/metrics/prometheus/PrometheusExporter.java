// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.prometheus;

import io.culex.api.config.Generation;
import io.culex.api.config.GenerationParticipant;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricsSource;
import io.culex.metrics.export.Exporter;
import io.culex.metrics.export.Maker;
import io.culex.metrics.export.OptionException;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Offers all metrics at {@code /metrics} of a port of its own. The port is taken when the component is made, so that one that
 * cannot be had refuses the configuration; it answers when a generation that means it is in force. A successor on the same port
 * shares it and takes over when this one goes, so that no scrape fails.
 */
@Component(
        service = {GenerationParticipant.class, MetricsSource.class},
        configurationPid = "io.culex.metrics.prometheus",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = {
            "culex.participant=metrics.prometheus",
            "Source.target=(!(component.name=io.culex.metrics.prometheus.PrometheusExporter))"
        },
        immediate = true)
@Designate(ocd = PrometheusExporter.Config.class, factory = true)
public final class PrometheusExporter extends Exporter {
    private final Ports.Claim claim;
    private final List<Metric> metrics;

    /** The settings; values are text, as {@code plugin_opt_*} lines give them. */
    @ObjectClassDefinition(name = "Culex metrics for Prometheus")
    public @interface Config {
        /** The address to listen on. */
        @AttributeDefinition(description = "The address to listen on; empty: all")
        String bind__address() default "";

        /** The port to listen on. */
        @AttributeDefinition(type = AttributeType.INTEGER, description = "The port to listen on; 0: any that is free")
        String port() default "8000";

        /** How long a reading is shown. */
        @AttributeDefinition(
                type = AttributeType.INTEGER,
                description = "Seconds for which a reading is shown again; the interval of the scrapes")
        String update__interval() default "15";

        /** Whether OpenMetrics is given to whom prefers it. */
        @AttributeDefinition(
                type = AttributeType.BOOLEAN,
                description = "Whether clients that prefer OpenMetrics get it, where counters end in _total")
        String openmetrics() default "false";

        /** The certificate for https. */
        @AttributeDefinition(description = "A PEM file with the certificate for https and those above it")
        String certfile() default "";

        /** Its key. */
        @AttributeDefinition(description = "A PEM file with its key")
        String keyfile() default "";

        /** Who may scrape. */
        @AttributeDefinition(description = "The user who may scrape; empty: everyone")
        String username() default "";

        /** The user's password. */
        @AttributeDefinition(type = AttributeType.PASSWORD, description = "The user's password")
        String password() default "";
    }

    /**
     * Checks the settings and takes the port; blocks.
     *
     * @throws OptionException when an option is wrong, or the port cannot be had
     */
    @Activate
    public PrometheusExporter(Config config, Map<String, Object> properties, @Reference Ports ports)
            throws OptionException {
        super(Maker.of(properties, "prometheus"));
        Settings settings = Settings.of(config);
        Scrapes scrapes =
                new Scrapes(new Exposition(sources(), settings.interval(), System::nanoTime), settings, log());
        sources().add(new ProcessMetrics(new ProcFiles()));
        metrics = scrapes.metrics(plugin());
        sources().add(this);
        try {
            claim = ports.claim(settings, scrapes, maker(), log());
        } catch (NoClassDefFoundError e) {
            throw new OptionException(
                    "prometheus: Error: This container does not offer the JDK's HTTP server; com.sun.net.httpserver must be"
                            + " among org.osgi.framework.system.packages.extra in etc/config.properties.",
                    e);
        }
    }

    @Override
    protected void begin(Generation generation) {
        claim.open(generation);
    }

    /** Gives the port to a successor, or up. */
    @Deactivate
    public void close() {
        claim.close();
    }

    /** The port that it listens on. */
    int port() {
        return claim.port();
    }

    @Override
    public List<Metric> metrics() {
        return metrics;
    }
}
