// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.jmx;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The MBeans of this bundle in the server of the Java machine. Of two under one name, as those of an old and a new configuration, the
 * newer one stands there, and the older one does not take it along. Any thread.
 */
@Component(service = Register.class)
public final class Register {
    private static final String DOMAIN = "io.culex";

    private final MBeanServer server;
    private final Map<ObjectName, Object> beans = new HashMap<>();

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
        try {
            if (beans.put(name, bean) != null) {
                server.unregisterMBean(name);
            }
            server.registerMBean(bean, name);
        } catch (JMException e) {
            beans.remove(name, bean);
            throw new IllegalStateException("The MBean " + name + " cannot be registered: " + e.getMessage(), e);
        }
    }

    /** Nothing happens when another one has its name. */
    synchronized void remove(ObjectName name, Object bean) {
        if (!beans.remove(name, bean)) {
            return;
        }
        try {
            server.unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            // Somebody has removed it by hand.
        } catch (JMException e) {
            throw new IllegalStateException("The MBean " + name + " cannot be removed: " + e.getMessage(), e);
        }
    }
}
