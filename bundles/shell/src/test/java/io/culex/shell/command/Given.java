// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.apache.karaf.shell.api.console.Session;

/** Gives a command its options and services, as Karaf's shell does. */
final class Given {
    private Given() {}

    static <T> T to(T command, Map<String, Object> values) throws ReflectiveOperationException {
        for (Class<?> type = command.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (values.containsKey(field.getName())) {
                    field.setAccessible(true);
                    field.set(command, values.get(field.getName()));
                }
            }
        }
        return command;
    }

    /** A console of the user karaf. */
    static Session session() {
        return (Session) Proxy.newProxyInstance(
                Given.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, args) -> "karaf");
    }
}
