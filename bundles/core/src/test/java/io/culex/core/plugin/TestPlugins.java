// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.auth.Authenticator;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.EnhancedAuthenticator;
import io.culex.api.auth.PluginProperties;
import io.culex.api.auth.UserDirectory;
import io.culex.api.control.ControlTopic;
import io.culex.api.intercept.Interceptor;
import io.culex.api.intercept.SessionObserver;
import io.culex.api.log.BrokerLog;
import io.culex.core.loop.LoopSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Binds services to a registry as the framework would. */
public final class TestPlugins {
    private final PluginRegistry registry;
    private final FakeScheduler scheduler = new FakeScheduler();
    private long lastId;

    /** Services of a new registry whose time the test moves. */
    public TestPlugins(LoopSource loops, BrokerLog log) {
        this.registry = new PluginRegistry(loops, CoreLog.of(log), scheduler);
    }

    /** Services of one registry. */
    public TestPlugins(PluginRegistry registry) {
        this.registry = registry;
    }

    /** The registry. */
    public PluginRegistry registry() {
        return registry;
    }

    /** Moves the time of a registry of this class. */
    public void pass(long millis) {
        scheduler.pass(millis);
    }

    /** A service that is bound. */
    public final class Bound {
        private final Object service;
        private final Map<String, Object> properties;

        private Bound(Object service, Map<String, Object> properties) {
            this.service = service;
            this.properties = properties;
        }

        /** Binds the part of the service that has this interface. */
        public void bind(Class<?> kind) {
            if (kind == Authenticator.class) {
                registry.bindAuthenticator((Authenticator) service, properties);
            } else if (kind == EnhancedAuthenticator.class) {
                registry.bindEnhanced((EnhancedAuthenticator) service, properties);
            } else if (kind == Authorizer.class) {
                registry.bindAuthorizer((Authorizer) service, properties);
            } else if (kind == UserDirectory.class) {
                registry.bindDirectory((UserDirectory) service, properties);
            } else {
                registry.bindInterceptor((Interceptor) service, properties);
            }
        }

        /** Takes that part away; blocks until nobody is inside it. */
        public void unbind(Class<?> kind) {
            if (kind == Authenticator.class) {
                registry.unbindAuthenticator(properties);
            } else if (kind == EnhancedAuthenticator.class) {
                registry.unbindEnhanced(properties);
            } else if (kind == Authorizer.class) {
                registry.unbindAuthorizer(properties);
            } else if (kind == UserDirectory.class) {
                registry.unbindDirectory(properties);
            } else {
                registry.unbindInterceptor(properties);
            }
        }

        /** Takes every part away. */
        public void unbind() {
            kinds(service).forEach(this::unbind);
        }
    }

    /** A service with all the interfaces it has, no part of it bound yet. */
    public Bound register(String name, int ranking, Object service) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(PluginProperties.NAME, name);
        properties.put("service.id", ++lastId);
        properties.put("service.ranking", ranking);
        properties.put(
                "objectClass", kinds(service).stream().map(Class::getName).toArray(String[]::new));
        return new Bound(service, properties);
    }

    /** A service of a configuration that was made in a generation, with all its parts bound. */
    public Bound bind(String name, long generation, String origin, Object service) {
        Bound bound = register(name, 0, service);
        bound.properties.put(PluginProperties.GENERATION, generation);
        bound.properties.put(PluginProperties.ORIGIN, origin);
        bound.properties.put("service.bundleid", 1_000 + generation);
        kinds(service).forEach(bound::bind);
        return bound;
    }

    /** A service with all its parts bound. */
    public Bound bind(String name, Object service) {
        Bound bound = register(name, 0, service);
        kinds(service).forEach(bound::bind);
        return bound;
    }

    /** An observer. */
    public void bind(SessionObserver observer) {
        registry.bindObserver(observer);
    }

    /** A control topic. */
    public void bind(ControlTopic topic) {
        registry.bindControl(topic, Map.of());
    }

    /** A control topic of a plugin. */
    public void bind(ControlTopic topic, String plugin) {
        registry.bindControl(topic, Map.of(PluginProperties.NAME, plugin));
    }

    /** Ends the registry. */
    public void close() {
        scheduler.shutdownNow();
        registry.deactivate();
    }

    private static List<Class<?>> kinds(Object service) {
        List<Class<?>> kinds = new ArrayList<>();
        for (Class<?> kind : List.of(
                Authenticator.class,
                EnhancedAuthenticator.class,
                Authorizer.class,
                Interceptor.class,
                UserDirectory.class)) {
            if (kind.isInstance(service)) {
                kinds.add(kind);
            }
        }
        return kinds;
    }
}
