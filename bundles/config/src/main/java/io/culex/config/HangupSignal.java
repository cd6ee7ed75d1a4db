// SPDX-License-Identifier: Apache-2.0
package io.culex.config;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * SIGHUP. The JDK's only way to a signal is {@code sun.misc.Signal}; reached by name, it needs neither boot delegation in
 * the framework nor a compiler that looks away. {@link #close} gives the signal back to who had it.
 */
final class HangupSignal implements AutoCloseable {
    private static final String NAME = "HUP";

    private final Class<?> signalType;
    private final Class<?> handlerType;
    private final @Nullable Object previous;

    /**
     * Runs the action at every SIGHUP, on a thread of the JVM.
     *
     * @throws ReflectiveOperationException when there are no signals here
     */
    HangupSignal(Runnable action) throws ReflectiveOperationException {
        ClassLoader loader = ClassLoader.getSystemClassLoader();
        signalType = Class.forName("sun.misc.Signal", true, loader);
        handlerType = Class.forName("sun.misc.SignalHandler", true, loader);
        previous = handle(Proxy.newProxyInstance(
                HangupSignal.class.getClassLoader(), new Class<?>[] {handlerType}, invoke(action)));
    }

    private static InvocationHandler invoke(Runnable action) {
        return (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                action.run();
                yield null;
            }
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> NAME;
        };
    }

    private @Nullable Object handle(@Nullable Object handler) throws ReflectiveOperationException {
        Object signal = signalType.getConstructor(String.class).newInstance(NAME);
        return signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
    }

    @Override
    public void close() throws ReflectiveOperationException {
        handle(previous);
    }
}
