// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.Await;
import io.culex.transport.Arrival;
import io.culex.transport.ListenerClosed;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file may take longer than a CONNECT, whose limit stands behind. */
class FileRequestTest {
    private static final String GET = "GET /large HTTP/1.1\r\nHost: h\r\n\r\n";

    private final Map<String, String> options;

    FileRequestTest(@TempDir Path folder) throws Exception {
        Files.write(folder.resolve("large"), new byte[200_000]);
        options = Map.of("http_dir", folder.toString());
    }

    /** The other end takes nothing. */
    private static void holdWrites(Hall hall) {
        holdWrites(hall, promise -> {});
    }

    private static void holdWrites(Hall hall, Consumer<ChannelPromise> held) {
        hall.channel().pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                ReferenceCountUtil.release(message);
                held.accept(promise);
            }
        });
    }

    private static boolean hasOne(Hall hall) {
        return hall.channel().pipeline().names().contains("Hall$Behind#0");
    }

    @Test
    void isNoBusinessOfWhatStandsBehind() throws Exception {
        try (Hall hall = Hall.open(options)) {
            assertTrue(hasOne(hall));
            StringBuilder answer = new StringBuilder(hall.ask(GET));
            assertFalse(hasOne(hall));
            assertTrue(Arrival.of(hall.channel()).isUnannounced());
            Await.until("the end", () -> {
                hall.channel().runPendingTasks();
                answer.append(hall.answer());
                return !hall.channel().isOpen();
            });
            assertTrue(answer.toString().startsWith("HTTP/1.1 200 OK\r\n"));
            assertEquals(200_000, answer.length() - answer.indexOf("\r\n\r\n") - 4);
        }
    }

    @Test
    void endsWhenNothingOfItIsTaken() throws Exception {
        try (Hall hall = Hall.open(options)) {
            holdWrites(hall);
            hall.ask(GET);
            pass(hall, 39);
            assertTrue(hall.channel().isOpen());
            pass(hall, 2);
            assertFalse(hall.channel().isOpen());
        }
    }

    /** Each part of it takes longer than nothing may move. */
    @Test
    void doesNotEndWhileSomeOfItIsTaken() throws Exception {
        try (Hall hall = Hall.open(options)) {
            Deque<ChannelPromise> held = new ArrayDeque<>();
            holdWrites(hall, held::add);
            hall.ask(GET);
            for (int parts = 0; parts < 4; parts++) {
                Await.until("a part", () -> {
                    hall.channel().runPendingTasks();
                    return !held.isEmpty();
                });
                pass(hall, 25);
                assertTrue(hall.channel().isOpen());
                List<ChannelPromise> taken = List.copyOf(held);
                held.clear();
                taken.forEach(ChannelPromise::setSuccess);
            }
        }
    }

    private static void pass(Hall hall, int seconds) {
        for (int i = 0; i < seconds; i++) {
            hall.channel().advanceTimeBy(1, TimeUnit.SECONDS);
            hall.channel().runScheduledPendingTasks();
        }
    }

    @Test
    void endsWithItsListenerAndWithTheNetwork() throws Exception {
        try (Hall hall = Hall.open(options)) {
            holdWrites(hall);
            hall.ask(GET);
            hall.channel().pipeline().fireUserEventTriggered(new ListenerClosed("9001"));
            assertFalse(hall.channel().isOpen());
        }
        try (Hall hall = Hall.open(options)) {
            holdWrites(hall);
            hall.ask(GET);
            hall.channel().pipeline().fireExceptionCaught(new IOException("Connection reset"));
            assertFalse(hall.channel().isOpen());
            hall.channel().checkException();
        }
    }

    @Test
    void leavesWhoOpensAWebSocketToWhatStandsBehind() throws Exception {
        try (Hall hall = Hall.open(options)) {
            hall.channel().pipeline().fireUserEventTriggered(new ListenerClosed("9001"));
            assertTrue(hall.channel().isOpen());
            hall.channel().pipeline().fireExceptionCaught(new IOException("Connection reset"));
            assertEquals("Connection reset", hall.failures.toString());
        }
    }
}
