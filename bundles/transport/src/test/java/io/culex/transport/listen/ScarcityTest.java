// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.transport.Await;
import io.culex.transport.EventLoops;
import io.culex.transport.HungryStage;
import io.culex.transport.loop.EventLoopsComponent;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lack of memory while connections come. */
@Timeout(20)
class ScarcityTest {
    /** Loops that find no memory for so many tasks of new connections, or none to take one. */
    private record HungryLoops(EventLoopsComponent real, AtomicInteger tasks, AtomicInteger places)
            implements EventLoops {
        @Override
        public List<EventLoop> loops() {
            return real.loops();
        }

        @Override
        public boolean nativeTransport() {
            return real.nativeTransport();
        }

        @Override
        public EventLoopGroup group() {
            return pretend(EventLoopGroup.class, (proxy, method, arguments) -> {
                Object result = call(real.group(), method, arguments);
                return method.getName().equals("next") ? hungry((EventLoop) result) : result;
            });
        }

        private EventLoop hungry(EventLoop loop) {
            if (tasks.get() == 0 && places.get() == 0) {
                return loop;
            }
            return pretend(EventLoop.class, (proxy, method, arguments) -> {
                if (method.getName().equals("execute") && take(tasks)
                        || method.getName().equals("register") && take(places)) {
                    throw new OutOfMemoryError("as if");
                }
                return call(loop, method, arguments);
            });
        }

        private static boolean take(AtomicInteger left) {
            return left.getAndUpdate(number -> Math.max(0, number - 1)) > 0;
        }

        private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
            try {
                return method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private static <T> T pretend(Class<T> type, InvocationHandler handler) {
            return type.cast(
                    Proxy.newProxyInstance(ScarcityTest.class.getClassLoader(), new Class<?>[] {type}, handler));
        }
    }

    /** A log that finds no memory for errors and refusals. */
    private static final class HungryLog implements BrokerLog {
        @Override
        public boolean enabled(LogType type) {
            return true;
        }

        @Override
        public boolean connectionMessages() {
            return true;
        }

        @Override
        public void log(LogType type, String line) {
            if (type == LogType.ERROR || line.contains("denied")) {
                throw new OutOfMemoryError("as if");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofATaskClosesTheConnectionAndLeavesThePlaceToTheNext(boolean nativeTransport) throws Exception {
        assertPlaceIsFree(nativeTransport, 1, 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofAPlaceOnTheLoopClosesTheConnectionAndLeavesThePlaceToTheNext(boolean nativeTransport) throws Exception {
        assertPlaceIsFree(nativeTransport, 0, 1);
    }

    private static void assertPlaceIsFree(boolean nativeTransport, int tasks, int places) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            AtomicInteger noTask = new AtomicInteger();
            AtomicInteger noPlace = new AtomicInteger();
            Listeners listeners = new Listeners(new HungryLoops(hall.loops, noTask, noPlace));
            listeners.addEndpoint(hall.greeter);
            int port = Hall.freePort();
            var generation = hall.generation(Hall.limited(Hall.tcp("a", port, "127.0.0.1"), 1));
            listeners.prepare(generation);
            listeners.commit(generation);
            try {
                noTask.set(tasks);
                noPlace.set(places);
                try (Client client = Client.tcp("127.0.0.1", port)) {
                    assertEquals("", client.line());
                }
                Await.until("room", () -> listeners.openConnections() == 0);
                try (Client client = Client.tcp("127.0.0.1", port)) {
                    assertEquals("a", client.line());
                    assertEquals(1, listeners.openConnections());
                }
                Await.until("the end", () -> listeners.openConnections() == 0);
            } finally {
                listeners.closeAll();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void alsoOfALineForTheLogClosesTheConnection(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            hall.listeners.addStage(new HungryStage());
            hall.run(Hall.tcp("a", port, "127.0.0.1"));
            hall.listeners.addLog(new HungryLog());
            try (Client client = Client.tcp("127.0.0.1", port)) {
                assertEquals("", client.line());
                Await.until("room", () -> hall.listeners.openConnections() == 0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void alsoOfALineForTheLogClosesTheConnectionThatIsRefused(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            hall.run(Hall.limited(Hall.tcp("a", port, "127.0.0.1"), 1));
            hall.listeners.addLog(new HungryLog());
            try (Client one = Client.tcp("127.0.0.1", port);
                    Client two = Client.tcp("127.0.0.1", port)) {
                assertEquals("a", one.line());
                assertEquals("", two.line());
            }
        }
    }
}
