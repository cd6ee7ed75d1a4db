// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.eventadmin;

import io.culex.api.config.Generation;
import io.culex.api.config.GenerationParticipant;
import io.culex.api.local.LocalSessions;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.SwitchableLog;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import io.culex.api.metrics.MetricsSource;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * A gateway between MQTT and EventAdmin. It checks its settings when it is made, and works from the commit of the generation that it
 * is meant for until that of another one, so that an exchange doubles nothing.
 */
@Component(
        service = {GenerationParticipant.class, MetricsSource.class},
        configurationPid = EventGateway.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true)
@Designate(ocd = EventGateway.Config.class, factory = true)
public final class EventGateway implements GenerationParticipant, MetricsSource {
    static final String PID = "io.culex.gateway.eventadmin";

    private static final int AFTER_THE_DOORS = 200;

    private final Settings settings;
    private final Identity identity;
    private final SwitchableLog log = new SwitchableLog();
    private final Inward inward;
    private final Outward outward;
    private final Traffic traffic;
    private final List<Metric> metrics;

    /** The settings; values are text, as {@code plugin_opt_*} lines give them. */
    @ObjectClassDefinition(name = "Culex gateway for events")
    public @interface Config {
        /** What becomes events. */
        @AttributeDefinition(description = "Topic Filters, separated by commas: what they match becomes events")
        String mqtt__to__events() default "";

        /** What becomes messages. */
        @AttributeDefinition(description = "Topics of events, separated by commas: they become messages")
        String events__to__mqtt() default "";

        /** Begins the topics of events. */
        @AttributeDefinition(description = "Begins the topic of every event that is made")
        String event__prefix() default "mqtt/";

        /** Begins the topics of messages. */
        @AttributeDefinition(description = "Begins the topic of every message that is made")
        String topic__prefix() default "events/";

        /** The level. */
        @AttributeDefinition(description = "QoS of what is received and of what is published: 0, 1 or 2")
        String qos() default "1";

        /** Whether messages wait. */
        @AttributeDefinition(description = "Whether messages wait for the gateway while it is away")
        String durable() default "false";
    }

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException with the option that is wrong
     */
    @Activate
    public EventGateway(
            Config config,
            Map<String, Object> properties,
            BundleContext context,
            @Reference LocalSessions sessions,
            @Reference EventAdmin events) {
        this.identity = Identity.of(properties);
        this.settings = Settings.of(identity.name(), config);
        this.inward = new Inward(settings, events);
        this.outward = new Outward(settings);
        Twins twins = Twins.of(context, identity.name(), properties);
        this.traffic = new Traffic(
                settings, new Traffic.Surroundings(context, sessions, log, Timer.SYSTEM, twins), inward, outward);
        this.metrics = List.of(
                counter("events_sent", "Events made of messages.", inward::sent),
                counter("events_failed", "Messages that no event could be made of.", inward::failures),
                counter("messages_published", "Messages made of events.", outward::published),
                counter("messages_dropped", "Events that no message was made of.", outward::dropped));
    }

    private Metric counter(String name, String help, DoubleSupplier value) {
        return new Metric(
                "gateway_" + name,
                MetricType.COUNTER,
                help,
                List.of("gateway"),
                samples -> samples.add(value.getAsDouble(), settings.name()));
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindLog(BrokerLog service) {
        log.use(service);
    }

    void unbindLog(BrokerLog service) {
        log.drop(service);
    }

    @Override
    public int order() {
        return AFTER_THE_DOORS;
    }

    @Override
    public void prepare(Generation next) {
        // The settings were checked in the constructor.
    }

    @Override
    public void commit(Generation next) {
        if (identity.isMeantBy(next)) {
            traffic.begin();
        } else {
            traffic.end();
        }
    }

    @Override
    public void abort(Generation next) {
        // Nothing was prepared.
    }

    @Deactivate
    void close() {
        traffic.end();
        inward.close();
    }

    @Override
    public List<Metric> metrics() {
        return metrics;
    }
}
