// SPDX-License-Identifier: Apache-2.0
package io.culex.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.RecordedLog;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;

@DisabledOnOs(OS.WINDOWS)
class SignalsTest {
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final RecordedLog log = new RecordedLog();

    @AfterEach
    void forget() {
        System.clearProperty("culex.stopping");
    }

    @Test
    void stopsAtASignalThatComesWhileTheLogIsExchanged() throws Exception {
        Signals signals = new Signals(context());
        RecordedLog before = new RecordedLog();
        signals.bindLog(before);
        signals.unbindLog(before);
        terminate();
        assertTrue(stopped.await(10, TimeUnit.SECONDS));
        signals.close();
    }

    @Test
    void letsOthersKnowOfTheStopBeforeTheFrameworkStops() throws Exception {
        Signals signals = new Signals(context());
        signals.bindLog(log);
        signals.bindServiceState(() -> log.lines().add("stopping " + System.getProperty("culex.stopping")));
        terminate();
        assertTrue(stopped.await(10, TimeUnit.SECONDS));
        assertEquals(List.of("stopping true", "INFORMATION culex version 1.2.3 terminating"), log.lines());
        signals.close();
    }

    private static void terminate() throws Exception {
        String pid = String.valueOf(ProcessHandle.current().pid());
        assertTrue(new ProcessBuilder("kill", "-TERM", pid).start().waitFor(10, TimeUnit.SECONDS));
    }

    /** A process of our own. */
    private BundleContext context() {
        Bundle bundle = proxy(Bundle.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getVersion" -> new Version(1, 2, 3);
            case "stop" -> {
                stopped.countDown();
                yield null;
            }
            default -> throw new UnsupportedOperationException(method.getName());
        });
        return proxy(
                BundleContext.class,
                (proxy, method, arguments) -> method.getName().equals("getBundle") ? bundle : "true");
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
