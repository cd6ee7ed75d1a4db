// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.culex.api.local.Delivery;
import io.culex.api.local.LocalReceiver;
import io.culex.api.local.LocalSession;
import io.culex.api.local.LocalSessions;
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SubscriptionTailTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final List<String> calls = new ArrayList<>();

    private static <T> T proxy(Class<T> type, InvocationHandler calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
    }

    private static Delivery delivery(String topic) {
        return proxy(
                Delivery.class,
                (proxy, method, arguments) -> method.getName().equals("message") ? Message.of(topic, "x") : null);
    }

    /** A broker that does this with a session as soon as it subscribes. */
    private LocalSessions broker(Consumer<LocalReceiver> subscribed) {
        return proxy(LocalSessions.class, (broker, open, given) -> {
            LocalReceiver receiver = (LocalReceiver) given[1];
            return CompletableFuture.completedFuture(proxy(LocalSession.class, (session, method, arguments) -> {
                calls.add(method.getName());
                if (method.getName().equals("subscribe")) {
                    subscribed.accept(receiver);
                    return CompletableFuture.completedFuture(ReasonCode.SUCCESS);
                }
                return null;
            }));
        });
    }

    private void follow(int count, Consumer<LocalReceiver> subscribed) throws Exception {
        SubscriptionTail tail = new SubscriptionTail(broker(subscribed), List.of("#"), QoS.AT_MOST_ONCE, false);
        try (PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8)) {
            tail.follow(out, count, null);
        }
    }

    @Test
    void saysThatItsSessionWasEndedAfterWhatHasComeBefore() {
        Exception failure = assertThrows(
                IllegalStateException.class,
                () -> assertTimeoutPreemptively(
                        Duration.ofSeconds(10),
                        () -> follow(0, receiver -> {
                            receiver.deliver(delivery("a"));
                            receiver.deliver(delivery("b"));
                            receiver.closed(ReasonCode.ADMINISTRATIVE_ACTION);
                        })));

        assertEquals("the session has ended: " + ReasonCode.ADMINISTRATIVE_ACTION.text(), failure.getMessage());
        assertEquals("a x\nb x\n", shown.toString(StandardCharsets.UTF_8));
        assertEquals("close", calls.get(calls.size() - 1));
    }

    @Test
    void whoHasGotAsManyAsWantedIsToldOfNoEnd() {
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> follow(1, receiver -> {
                    receiver.deliver(delivery("a"));
                    receiver.closed(ReasonCode.SERVER_SHUTTING_DOWN);
                }));

        assertEquals("a x\n", shown.toString(StandardCharsets.UTF_8));
    }
}
