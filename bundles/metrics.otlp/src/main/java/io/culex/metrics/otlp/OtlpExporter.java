// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.otlp;

import io.culex.api.config.Generation;
import io.culex.api.config.GenerationParticipant;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricsSource;
import io.culex.metrics.export.Exporter;
import io.culex.metrics.export.HttpPost;
import io.culex.metrics.export.Maker;
import io.culex.metrics.export.OptionException;
import io.culex.metrics.export.Push;
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

/** Sends all metrics to a collector of OpenTelemetry in an interval, as soon as a generation that means it is in force. */
@Component(
        service = {GenerationParticipant.class, MetricsSource.class},
        configurationPid = "io.culex.metrics.otlp",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = {
            "culex.participant=metrics.otlp",
            "Source.target=(!(component.name=io.culex.metrics.otlp.OtlpExporter))"
        },
        immediate = true)
@Designate(ocd = OtlpExporter.Config.class, factory = true)
public final class OtlpExporter extends Exporter {
    private final Push push;

    /** The settings; values are text, as {@code plugin_opt_*} lines give them. */
    @ObjectClassDefinition(name = "Culex metrics by OTLP")
    public @interface Config {
        /** Where to. */
        @AttributeDefinition(description = "The address of the collector; without a path, /v1/metrics is meant")
        String endpoint() default "http://localhost:4318";

        /** Headers. */
        @AttributeDefinition(
                type = AttributeType.PASSWORD,
                description = "Headers, name=value,name=value; env: those of OTEL_EXPORTER_OTLP_HEADERS")
        String headers() default "";

        /** The attribute {@code service.name}. */
        @AttributeDefinition(description = "The value of the attribute service.name")
        String service__name() default "culex";

        /** The attribute {@code host.name}. */
        @AttributeDefinition(description = "The value of the attribute host.name; empty: the name of this machine")
        String hostlabel() default "";

        /** Whom to trust. */
        @AttributeDefinition(description = "A PEM file with the certificates to trust; empty: those the JDK trusts")
        String cafile() default "";

        /** How often. */
        @AttributeDefinition(type = AttributeType.INTEGER, description = "Seconds between two updates")
        String update__interval() default "15";

        /** How much is kept. */
        @AttributeDefinition(
                type = AttributeType.INTEGER,
                description = "Updates that are kept while the server is away; the oldest are dropped")
        String buffer() default "1000";
    }

    /**
     * Checks the settings.
     *
     * @throws OptionException when an option is wrong
     */
    @Activate
    public OtlpExporter(Config config, Map<String, Object> properties, @Reference Beginnings beginnings)
            throws OptionException {
        super(Maker.of(properties, "otlp"));
        Settings settings = Settings.of(config, plugin(), System::getenv);
        push = new Push(
                settings.push(),
                sources(),
                log(),
                new OtlpEncoder(settings.resource(), plugin(), beginnings),
                threads -> new HttpPost(settings.address(), settings.headers(), settings.trust(), threads));
    }

    @Override
    protected void begin(Generation generation) {
        push.start();
    }

    /** Sends what waits and ends; blocks, bounded. */
    @Deactivate
    public void close() throws InterruptedException {
        push.close();
    }

    @Override
    public List<Metric> metrics() {
        return push.metrics();
    }
}
