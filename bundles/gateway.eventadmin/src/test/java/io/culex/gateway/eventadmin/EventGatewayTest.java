// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.eventadmin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.BrokerSettings;
import io.culex.api.config.Generation;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.LocalSessions;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.service.event.EventAdmin;

class EventGatewayTest {
    private final List<String> sessions = new ArrayList<>();
    private final List<Boolean> cleanStarts = new ArrayList<>();

    private static <T> T proxy(Class<T> type, InvocationHandler calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
    }

    /** The settings, as Declarative Services give them: what is not there is the default. */
    private static EventGateway.Config config(Map<String, Object> properties) {
        return proxy(EventGateway.Config.class, (proxy, method, arguments) -> {
            String key = method.getName().replace("__", "\0").replace('_', '.').replace('\0', '_');
            return properties.getOrDefault(key, method.getDefaultValue());
        });
    }

    private void commit(Generation generation, Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("mqtt_to_events", "a/#");
        LocalSessions broker = proxy(LocalSessions.class, (proxy, method, arguments) -> {
            LocalSessionRequest request = (LocalSessionRequest) arguments[0];
            sessions.add(request.clientId());
            cleanStarts.add(request.cleanStart());
            return new CompletableFuture<>();
        });
        EventGateway gateway = new EventGateway(
                config(all),
                all,
                proxy(BundleContext.class, (proxy, method, arguments) -> null),
                broker,
                proxy(EventAdmin.class, (proxy, method, arguments) -> null));
        gateway.commit(generation);
        gateway.close();
    }

    private static Generation generation(Map<String, Long> plugins) {
        return new Generation(1, "this-run", BrokerSettings.DEFAULTS, List.of(), plugins);
    }

    @Test
    void twoFilesAreTwoGateways() {
        Generation now = generation(Map.of());
        commit(now, Map.of("service.pid", "io.culex.gateway.eventadmin~one"));
        commit(now, Map.of("service.pid", "io.culex.gateway.eventadmin~two"));
        commit(now, Map.of("service.pid", "io.culex.gateway.eventadmin~two", "culex.plugin", "three"));
        commit(now, Map.of("service.pid", "io.culex.gateway.eventadmin"));
        assertEquals(List.of("gateway-one", "gateway-two", "gateway-three", "gateway-eventadmin"), sessions);
    }

    @Test
    void durableIsTrueOrFalseAsAnyFlag() {
        Generation now = generation(Map.of());
        for (String durable : List.of("true", "1", "false", "0")) {
            commit(now, Map.of("durable", durable));
        }
        assertEquals(List.of(false, false, true, true), cleanStarts);
        String refusal =
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> commit(now, Map.of("durable", "yes")))
                        .getMessage());
        assertTrue(refusal.contains("'durable' value (yes)"), refusal);
    }

    @Test
    void whatAnotherRunHasLeftDoesNotWork() {
        Generation now = generation(Map.of("g", 7L));
        commit(now, Map.of("culex.plugin", "g", "culex.generation", 7L, "culex.origin", "the-run-before"));
        commit(now, Map.of("culex.plugin", "g", "culex.generation", 6L, "culex.origin", now.origin()));
        commit(now, Map.of("culex.plugin", "g"));
        assertEquals(List.of(), sessions);
        commit(now, Map.of("culex.plugin", "g", "culex.generation", 7L, "culex.origin", now.origin()));
        assertEquals(List.of("gateway-g"), sessions);
    }
}
