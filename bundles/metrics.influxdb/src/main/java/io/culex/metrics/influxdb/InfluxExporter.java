// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.influxdb;

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
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Writes all metrics to InfluxDB in an interval, as soon as a generation that means it is in force. */
@Component(
        service = {GenerationParticipant.class, MetricsSource.class},
        configurationPid = "io.culex.metrics.influxdb",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = {
            "culex.participant=metrics.influxdb",
            "Source.target=(!(component.name=io.culex.metrics.influxdb.InfluxExporter))"
        },
        immediate = true)
@Designate(ocd = InfluxExporter.Config.class, factory = true)
public final class InfluxExporter extends Exporter {
    private final Push push;

    /** The settings; values are text, as {@code plugin_opt_*} lines give them. */
    @ObjectClassDefinition(name = "Culex metrics for InfluxDB")
    public @interface Config {
        /** InfluxDB 2. */
        @AttributeDefinition(description = "InfluxDB 2: its http or https address")
        String host() default "";

        /** InfluxDB 2. */
        @AttributeDefinition(description = "InfluxDB 2: the organisation")
        String organisation() default "";

        /** InfluxDB 2. */
        @AttributeDefinition(description = "InfluxDB 2: the bucket")
        String bucket() default "";

        /** InfluxDB 2. */
        @AttributeDefinition(
                type = AttributeType.PASSWORD,
                description = "InfluxDB 2: the token; env: that of the environment variable INFLUXDB_TOKEN")
        String token() default "";

        /** InfluxDB 1. */
        @AttributeDefinition(description = "InfluxDB 1: the name of its host")
        String hostname() default "";

        /** InfluxDB 1. */
        @AttributeDefinition(description = "InfluxDB 1: the database")
        String database() default "";

        /** InfluxDB 1. */
        @AttributeDefinition(type = AttributeType.INTEGER, description = "InfluxDB 1: the port")
        String port() default "8086";

        /** InfluxDB 1. */
        @AttributeDefinition(type = AttributeType.BOOLEAN, description = "InfluxDB 1: whether by https")
        String use__tls() default "false";

        /** Basic authentication. */
        @AttributeDefinition(description = "The user of basic authentication")
        String username() default "";

        /** Basic authentication. */
        @AttributeDefinition(type = AttributeType.PASSWORD, description = "The password of basic authentication")
        String password() default "";

        /** The tag {@code host}. */
        @AttributeDefinition(description = "The value of the tag host; empty: the name of this machine")
        String hostlabel() default "";

        /** The measurement. */
        @AttributeDefinition(description = "The name of the measurement")
        String measurement() default "mosquitto";

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
    public InfluxExporter(Config config, Map<String, Object> properties) throws OptionException {
        super(Maker.of(properties, "influxdb"));
        Settings settings = Settings.of(config, plugin(), System::getenv);
        push = new Push(
                settings.push(),
                sources(),
                log(),
                settings.protocol(),
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
