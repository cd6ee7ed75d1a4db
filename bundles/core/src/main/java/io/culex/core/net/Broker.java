// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.core.loop.Clock;
import io.culex.core.loop.Loops;
import io.culex.core.oversight.Oversight;
import io.culex.core.plugin.CoreLog;
import io.culex.core.plugin.PluginRegistry;
import io.culex.core.route.ExpirySweep;
import io.culex.core.route.Router;
import io.culex.core.session.Directory;
import io.culex.core.session.Services;
import io.culex.transport.Arrival;
import io.culex.transport.Endpoint;
import io.netty.channel.Channel;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The broker put together: its sessions and its router over the loops, and the door for MQTT connections. */
@Component(service = {Broker.class, Endpoint.class})
public final class Broker implements Endpoint {
    private static final Duration CHANGES_PERIOD = Duration.ofMillis(250);

    private final Services services;
    private final Oversight oversight = Oversight.none(Clock.SYSTEM);
    private final MqttEndpoint endpoint;

    /** A broker without sessions. */
    @Activate
    public Broker(@Reference BrokerLoops brokerLoops, @Reference PluginRegistry registry, @Reference CoreLog log) {
        Loops loops = brokerLoops.loops();
        services = new Services(
                loops,
                new Router(loops, Clock.SYSTEM, registry.current()),
                new Directory(),
                registry.current(),
                registry.observers(),
                log);
        registry.every(
                Duration.ofSeconds(1), new ExpirySweep(services.router().retained(), registry.current(), Clock.SYSTEM));
        registry.every(Duration.ofSeconds(1), oversight::sweep);
        brokerLoops.everySecond(services.router()::dropStale);
        ParkedConnections parked = new ParkedConnections(loops);
        Review review = new Review(services);
        registry.onChange(review::begin);
        registry.every(CHANGES_PERIOD, new PluginChanges(registry.current(), review::begin));
        registry.onChange(parked::lookAgain);
        endpoint = new MqttEndpoint(
                new NetServices(services, brokerLoops.pairs(), parked, registry.controls(), oversight));
    }

    /** What sessions need. */
    public Services services() {
        return services;
    }

    /** What an operator has forbidden, and what he watches. */
    public Oversight oversight() {
        return oversight;
    }

    @Override
    public String protocol() {
        return endpoint.protocol();
    }

    @Override
    public void attach(Channel channel, Arrival arrival) {
        endpoint.attach(channel, arrival);
    }
}
