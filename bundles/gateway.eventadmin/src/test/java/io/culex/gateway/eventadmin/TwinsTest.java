// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.eventadmin;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

class TwinsTest {
    private static boolean isSucceeded(Map<String, Object> own, Map<String, Object> other) {
        ServiceReference<?> reference = proxy(ServiceReference.class, arguments -> other.get((String) arguments[0]));
        BundleContext context = proxy(BundleContext.class, arguments -> List.of(reference));
        return Twins.of(context, "g", own).getAsBoolean();
    }

    private interface Answer {
        @Nullable
        Object to(Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> method.getName().startsWith("get") ? answer.to(arguments) : null));
    }

    @Test
    void aLaterOneOfTheSameNameSucceeds() {
        Map<String, Object> own = Map.of("component.id", 7L);
        assertTrue(isSucceeded(own, Map.of("culex.plugin", "g", "component.id", 8L)));
        assertTrue(isSucceeded(own, Map.of("service.pid", "io.culex.gateway.eventadmin~g", "component.id", 8L)));
    }

    @Test
    void anEarlierOneItselfAndOneOfAnotherNameDoNot() {
        Map<String, Object> own = Map.of("component.id", 7L);
        assertFalse(isSucceeded(own, Map.of("culex.plugin", "g", "component.id", 6L)));
        assertFalse(isSucceeded(own, Map.of("culex.plugin", "g", "component.id", 7L)));
        assertFalse(isSucceeded(own, Map.of("culex.plugin", "h", "component.id", 8L)));
        assertFalse(isSucceeded(own, Map.of("culex.plugin", "g")));
    }
}
