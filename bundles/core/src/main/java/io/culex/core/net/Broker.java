// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.core.loop.Clock;
import io.culex.core.loop.Loop;
import io.culex.core.loop.Loops;
import io.culex.core.plugin.CoreLog;
import io.culex.core.plugin.PluginRegistry;
import io.culex.core.route.ExpirySweep;
import io.culex.core.route.Router;
import io.culex.core.session.Directory;
import io.culex.core.session.Services;
import io.culex.core.session.Session;
import io.culex.transport.Arrival;
import io.culex.transport.Endpoint;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The broker put together: its sessions and its router over the loops, and the door for MQTT connections. */
@Component(service = {Broker.class, Endpoint.class})
public final class Broker implements Endpoint {
    private final Services services;
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
        ParkedConnections parked = new ParkedConnections(loops);
        registry.onChange(this::lookAgain);
        registry.every(Duration.ofSeconds(1), new UserChanges(registry.current(), this::lookAgain));
        registry.onChange(parked::lookAgain);
        endpoint = new MqttEndpoint(new NetServices(services, brokerLoops.pairs(), parked, registry.controls()));
    }

    /** The gates have changed: who may not stay goes, who was kept from receiving receives. */
    private void lookAgain() {
        for (Loop loop : services.loops().all()) {
            loop.execute(() -> {
                List<Session> here = services.directory().all().stream()
                        .filter(session -> session.home() == loop && !session.isEnded())
                        .toList();
                here.forEach(Session::lookAgain);
                here.stream().filter(Session::isHeld).forEach(Session::resume);
            });
        }
    }

    /** What sessions need. */
    public Services services() {
        return services;
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
