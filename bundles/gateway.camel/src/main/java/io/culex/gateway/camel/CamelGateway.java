// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.camel;

import io.culex.api.config.Running;
import io.culex.api.local.LocalSessions;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.SwitchableLog;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.ComponentResolver;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Where Camel finds the component of the scheme {@code culex}: there while the broker runs. Camel's own way to a component, a file
 * below {@code META-INF/services}, knows nothing of services and would make one without a broker. When the gateway goes, routes of
 * contexts that use it rest; when it, or another build of it, is back, they are made anew.
 */
@org.osgi.service.component.annotations.Component(
        service = ComponentResolver.class,
        property = "component=" + CamelGateway.SCHEME,
        immediate = true)
public final class CamelGateway implements ComponentResolver {
    static final String SCHEME = "culex";

    private static final int SECONDS_TO_RENEW = 60;

    private final Broker broker;
    private final SwitchableLog log = new SwitchableLog();
    private final Renewal renewal;
    private final Set<CamelContext> contexts = ConcurrentHashMap.newKeySet();
    private final ExecutorService thread;

    /** Over the broker of this JVM. */
    @Activate
    public CamelGateway(@Reference LocalSessions sessions, @Reference Running running) {
        this.broker = new Broker(sessions, running);
        this.renewal = new Renewal(broker, log);
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "culex-gateway-camel");
            made.setDaemon(true);
            return made;
        });
    }

    @Override
    public Component resolveComponent(String name, CamelContext context) {
        return new CulexComponent(broker);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindContext(CamelContext context) {
        contexts.add(context);
        // Starting routes takes long, and asks for this very service.
        thread.execute(() -> renewal.renew(context));
    }

    void unbindContext(CamelContext context) {
        contexts.remove(context);
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

    /** Blocks until the routes rest: what they have begun ends well. */
    @Deactivate
    void close() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(SECONDS_TO_RENEW, TimeUnit.SECONDS)) {
            thread.shutdownNow();
        }
        contexts.forEach(renewal::rest);
    }
}
