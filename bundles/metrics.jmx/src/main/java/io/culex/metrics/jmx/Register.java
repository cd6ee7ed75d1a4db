// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.jmx;

import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The MBeans of this bundle in the server of the Java machine. Of those under one name, as of an old and a new build or configuration
 * of a plugin, the one that came first stands there; when it goes, the next one follows. So one that is made and given up, because
 * the configuration is refused, changes nothing. Any thread.
 */
@Component(service = Register.class)
public final class Register {
    private static final String DOMAIN = "io.culex";

    private final MBeanServer server;
    private final Map<ObjectName, Deque<Object>> beans = new HashMap<>();

    /** In the server of the Java machine. */
    @Activate
    public Register() {
        this(ManagementFactory.getPlatformMBeanServer());
    }

    Register(MBeanServer server) {
        this.server = server;
    }

    /** A name in the domain of Culex, of these keys and values one after the other; other characters than letters are quoted. */
    static ObjectName name(String... keysAndValues) {
        Hashtable<String, String> keys = new Hashtable<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            String value = keysAndValues[i + 1];
            keys.put(keysAndValues[i], value.matches("[A-Za-z0-9._-]+") ? value : ObjectName.quote(value));
        }
        try {
            return new ObjectName(DOMAIN, keys);
        } catch (JMException e) {
            throw new IllegalArgumentException(e);
        }
    }

    synchronized void add(ObjectName name, Object bean) {
        Deque<Object> known = beans.get(name);
        if (known != null) {
            known.addLast(bean);
            return;
        }
        show(name, bean);
        beans.put(name, new ArrayDeque<>(List.of(bean)));
    }

    private void show(ObjectName name, Object bean) {
        try {
            server.registerMBean(bean, name);
        } catch (JMException e) {
            throw new IllegalStateException("The MBean " + name + " cannot be registered: " + e.getMessage(), e);
        }
    }

    synchronized void remove(ObjectName name, Object bean) {
        Deque<Object> known = beans.get(name);
        if (known == null) {
            return;
        }
        boolean shown = known.getFirst() == bean;
        known.remove(bean);
        if (known.isEmpty()) {
            beans.remove(name);
        }
        if (shown) {
            hide(name);
            known.stream().findFirst().ifPresent(next -> show(name, next));
        }
    }

    private void hide(ObjectName name) {
        try {
            server.unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            // Somebody has removed it by hand.
        } catch (JMException e) {
            throw new IllegalStateException("The MBean " + name + " cannot be removed: " + e.getMessage(), e);
        }
    }
}
