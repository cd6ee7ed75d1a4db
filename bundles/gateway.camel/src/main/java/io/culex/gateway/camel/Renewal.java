// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.camel;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Takes routes over an exchange of this bundle. A context holds the objects of a component for as long as it lives, so routes would go
 * on with the classes of a bundle that is gone. The gateway that goes stops the routes, all of a context's, because any may lead to
 * an endpoint of ours, and leaves word in the context which; the one that comes makes them anew from their definitions.
 */
record Renewal(Broker broker, BrokerLog log) {
    /** The option of a context that says which routes rest, by their ids; no class of this bundle, so it outlives it. */
    static final String RESTING = "culex.gateway.resting";

    private static final String SEPARATOR = "\n";

    /** Stops the routes of a context that uses this gateway. Blocks until what has begun is done, as long as Camel waits for that. */
    void rest(CamelContext context) {
        if (!context.isStarted() || !(context.hasComponent(CamelGateway.SCHEME) instanceof CulexComponent)) {
            return;
        }
        String resting = context.getRoutes().stream()
                .map(Route::getId)
                .filter(id -> context.getRouteController().getRouteStatus(id).isStarted())
                .collect(Collectors.joining(SEPARATOR));
        context.getGlobalOptions().put(RESTING, resting);
        try {
            context.getRouteController().stopAllRoutes();
            log.log(LogType.NOTICE, "Gateway to Camel: the routes of " + context.getName() + " rest until it is back.");
        } catch (Exception e) {
            log.log(LogType.ERROR, "Error: Gateway to Camel: routes of " + context.getName() + " do not stop: " + e);
        }
    }

    /** Makes the routes of a context anew that a gateway before this one has stopped. Blocks while they start. */
    void renew(CamelContext context) {
        String resting = context.getGlobalOptions().remove(RESTING);
        if (resting == null || !(context instanceof ModelCamelContext model)) {
            return;
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(context.getApplicationContextClassLoader());
        try {
            context.removeEndpoints(CamelGateway.SCHEME + ":*");
            context.removeComponent(CamelGateway.SCHEME);
            context.addComponent(CamelGateway.SCHEME, new CulexComponent(broker));
            addAnew(model, List.of(resting.split(SEPARATOR, -1)));
            log.log(LogType.NOTICE, "Gateway to Camel: the routes of " + context.getName() + " go on.");
        } catch (Exception e) {
            log.log(LogType.ERROR, "Error: Gateway to Camel: routes of " + context.getName() + " do not start: " + e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * All of them, because all may lead to what is gone; but those that somebody had stopped stay so. One that does not start, as when
     * its other end is away, holds up none of those after it.
     */
    private void addAnew(ModelCamelContext context, Collection<String> resting) {
        for (RouteDefinition route : List.copyOf(context.getRouteDefinitions())) {
            @Nullable String autoStartup = route.getAutoStartup();
            route.setAutoStartup(String.valueOf(resting.contains(route.getId())));
            try {
                context.addRouteDefinition(route);
            } catch (Exception e) {
                log.log(
                        LogType.ERROR,
                        "Error: Gateway to Camel: route " + route.getId() + " of " + context.getName()
                                + " does not start: " + e);
            } finally {
                route.setAutoStartup(autoStartup);
            }
        }
    }
}
