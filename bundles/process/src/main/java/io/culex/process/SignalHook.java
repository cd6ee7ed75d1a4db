// SPDX-License-Identifier: Apache-2.0
package io.culex.process;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Takes one signal of the process. {@code sun.misc.Signal} is the JDK's only way to it and no part of the platform that
 * {@code --release} compiles against, so it is reached by name. {@link #close} gives the signal back to who had it.
 */
final class SignalHook implements AutoCloseable {
    private final Class<?> signalType;
    private final Class<?> handlerType;
    private final String name;
    private final @Nullable Object previous;

    /**
     * Runs the action at every such signal, on a thread of the JVM made for it.
     *
     * @param name without {@code SIG}
     * @throws ReflectiveOperationException when the JVM does not give the signal
     */
    SignalHook(String name, Runnable action) throws ReflectiveOperationException {
        this.name = name;
        ClassLoader loader = ClassLoader.getSystemClassLoader();
        signalType = Class.forName("sun.misc.Signal", true, loader);
        handlerType = Class.forName("sun.misc.SignalHandler", true, loader);
        InvocationHandler invocation = (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
                action.run();
            }
            return null;
        };
        previous = handle(Proxy.newProxyInstance(loader, new Class<?>[] {handlerType}, invocation));
    }

    private @Nullable Object handle(@Nullable Object handler) throws ReflectiveOperationException {
        Object signal = signalType.getConstructor(String.class).newInstance(name);
        return signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
    }

    @Override
    public void close() throws ReflectiveOperationException {
        handle(previous);
    }
}
