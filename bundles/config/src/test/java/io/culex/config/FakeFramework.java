// SPDX-License-Identifier: Apache-2.0
package io.culex.config;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;

/** As much of an OSGi framework as the configurator touches: one bundle, properties, services. */
final class FakeFramework {
    final CountDownLatch stopped = new CountDownLatch(1);
    final Hashtable<String, String> headers = new Hashtable<>();
    private final Map<String, String> properties;
    volatile int state = Bundle.ACTIVE;
    private final Map<Class<?>, Object> services = new ConcurrentHashMap<>();

    FakeFramework(Map<String, String> properties) {
        this.properties = properties;
    }

    boolean has(Class<?> type) {
        return services.containsKey(type);
    }

    <T> T service(Class<T> type) {
        return type.cast(Objects.requireNonNull(services.get(type)));
    }

    BundleContext context() {
        return proxy(BundleContext.class, (proxy, method, args) -> switch (method.getName()) {
            case "getProperty" -> properties.get(String.valueOf(args[0]));
            case "getBundle" -> bundle();
            case "getBundles" -> new Bundle[] {bundle()};
            case "registerService" -> register((Class<?>) args[0], args[1]);
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private ServiceRegistration<?> register(Class<?> type, Object service) {
        services.put(type, service);
        return proxy(ServiceRegistration.class, (proxy, method, args) -> services.remove(type));
    }

    private Bundle bundle() {
        return proxy(Bundle.class, (proxy, method, args) -> switch (method.getName()) {
            case "getVersion" -> new Version(1, 2, 3);
            case "getHeaders" -> headers;
            case "getState" -> state;
            case "stop" -> {
                stopped.countDown();
                yield null;
            }
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
