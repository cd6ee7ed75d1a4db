// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.jmx;

import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerDelegate;
import javax.management.MBeanServerNotification;
import javax.management.Notification;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The MBeans of this bundle in the server of the Java machine. Of those under one name, as of an old and a new configuration of a
 * plugin, the one that came first stands there; when it goes, the next one follows. So one that is made and given up, because the
 * configuration is refused, changes nothing. Another build of this bundle, which is there for a moment while one is exchanged for
 * the other, has a register of its own: they hear of each other by the server. Any thread.
 */
@Component(service = Register.class)
public final class Register {
    private static final String DOMAIN = "io.culex";

    /** Also the lock: of two registers each could otherwise wait for the other, as one hears on the thread that the other calls on. */
    private final MBeanServer server;

    private final Map<ObjectName, Deque<Object>> beans = new HashMap<>();
    private final Set<ObjectName> shown = new HashSet<>();
    private final NotificationListener listener = this::heard;

    /** In the server of the Java machine. */
    @Activate
    public Register() {
        this(ManagementFactory.getPlatformMBeanServer());
    }

    Register(MBeanServer server) {
        this.server = server;
        try {
            server.addNotificationListener(MBeanServerDelegate.DELEGATE_NAME, listener, null, null);
        } catch (InstanceNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Hears no more. */
    @Deactivate
    void close() {
        try {
            server.removeNotificationListener(MBeanServerDelegate.DELEGATE_NAME, listener);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A name that another register had may be free. */
    private void heard(Notification said, @Nullable Object handback) {
        if (said instanceof MBeanServerNotification about
                && about.getType().equals(MBeanServerNotification.UNREGISTRATION_NOTIFICATION)
                && about.getMBeanName().getDomain().equals(DOMAIN)) {
            synchronized (server) {
                showFirst(about.getMBeanName());
            }
        }
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

    void add(ObjectName name, Object bean) {
        synchronized (server) {
            beans.computeIfAbsent(name, key -> new ArrayDeque<>()).addLast(bean);
            showFirst(name);
        }
    }

    private void showFirst(ObjectName name) {
        Deque<Object> known = beans.get(name);
        if (known == null || shown.contains(name)) {
            return;
        }
        try {
            server.registerMBean(known.getFirst(), name);
            shown.add(name);
        } catch (InstanceAlreadyExistsException e) {
            // It is that of another register, and is shown when that one takes it away.
        } catch (JMException e) {
            beans.remove(name);
            throw new IllegalStateException("The MBean " + name + " cannot be registered: " + e.getMessage(), e);
        }
    }

    void remove(ObjectName name, Object bean) {
        synchronized (server) {
            Deque<Object> known = beans.get(name);
            if (known == null) {
                return;
            }
            boolean first = known.getFirst() == bean;
            known.remove(bean);
            if (known.isEmpty()) {
                beans.remove(name);
            }
            if (first && shown.remove(name)) {
                hide(name);
                showFirst(name);
            }
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
