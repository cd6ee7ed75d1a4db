// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.transport.Await;
import io.culex.transport.socket.Sockets;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
class EventLoopsComponentTest {
    private EventLoopsComponent loops;

    @AfterEach
    void stop() {
        loops.stop();
        loops.loops().forEach(loop -> assertTrue(loop.isTerminated()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void namesThreadsInTheOrderOfTheLoops(boolean nativeTransport) throws Exception {
        loops = EventLoopsComponent.start(3, nativeTransport);
        assertEquals(3, loops.loops().size());
        for (int i = 0; i < 3; i++) {
            String name = loops.loops()
                    .get(i)
                    .submit(() -> Thread.currentThread().getName())
                    .get(10, TimeUnit.SECONDS);
            assertEquals("culex-loop-" + i, name);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void runsTailTasksAfterTheTasksOfAnIteration(boolean nativeTransport) throws Exception {
        loops = EventLoopsComponent.start(1, nativeTransport);
        EventLoop loop = loops.loops().get(0);
        List<String> order = new CopyOnWriteArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(() -> {
            ((SingleThreadEventLoop) loop).executeAfterEventLoopIteration(() -> {
                order.add("tail");
                done.countDown();
            });
            loop.execute(() -> order.add("task"));
        });
        assertTrue(done.await(10, TimeUnit.SECONDS));
        assertEquals(List.of("task", "tail"), order);
    }

    /** Told to end in the middle of an iteration, when it has looked already whether it is to close its channels. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closesEveryChannelWhenItEnds(boolean nativeTransport) throws Exception {
        loops = EventLoopsComponent.start(1, nativeTransport);
        Channel channel = new ServerBootstrap()
                .group(loops.group())
                .channelFactory(() -> Sockets.of(loops).tcpServer(false))
                .childHandler(new ChannelInboundHandlerAdapter())
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        CountDownLatch told = new CountDownLatch(1);
        Thread stopper = new Thread(loops::stop);
        loops.loops().get(0).execute(() -> {
            stopper.start();
            Await.until("to be told to end", () -> stopper.getState() == Thread.State.TIMED_WAITING);
            told.countDown();
        });
        assertTrue(told.await(10, TimeUnit.SECONDS));
        stopper.join();
        assertFalse(channel.isOpen());
    }
}
