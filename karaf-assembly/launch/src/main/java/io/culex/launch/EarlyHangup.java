// SPDX-License-Identifier: Apache-2.0
package io.culex.launch;

import java.lang.reflect.Proxy;

/**
 * SIGHUP before the broker handles it. Left to the JVM it would end the start; a reload is not needed yet, for the framework
 * reads the configuration later. It must be handled, not ignored: the JVM gives a signal that is ignored to nobody any more.
 * {@code sun.misc.Signal} is the JDK's only way to one, and no compiler looks away from it unless it is reached by name.
 */
final class EarlyHangup {
    private static final String NAME = "HUP";

    private EarlyHangup() {}

    /** From now on SIGHUP does nothing, until someone else takes it. Where there are no such signals nothing is to be done. */
    static void endure() {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    EarlyHangup.class.getClassLoader(),
                    new Class<?>[] {handlerType},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "equals" -> arguments != null && proxy == arguments[0];
                        case "hashCode" -> System.identityHashCode(proxy);
                        default -> null;
                    });
            Object signal = signalType.getConstructor(String.class).newInstance(NAME);
            signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
        } catch (ReflectiveOperationException e) {
            // As it was: who handles the signal later says that it cannot.
        }
    }
}
