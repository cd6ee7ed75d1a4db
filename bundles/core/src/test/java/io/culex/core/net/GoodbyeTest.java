// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.core.loop.Counter;
import io.culex.core.loop.Loop;
import io.culex.testkit.Await;
import io.culex.testkit.Connect;
import io.culex.testkit.Disconnect;
import io.culex.testkit.PacketType;
import io.culex.testkit.Ping;
import io.culex.testkit.Ports;
import io.culex.testkit.PropertyId;
import io.culex.testkit.PropertyList;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.Will;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GoodbyeTest {
    private final Hall hall = new Hall();
    private final WireClient watcher = hall.connect("watcher");

    @BeforeEach
    void watch() {
        watcher.subscribe("will", 0);
    }

    @AfterEach
    void stop() {
        hall.close();
    }

    private WireClient connect(long expiry) {
        return hall.connect(
                ProtocolVersion.V5, Connect.as("id").expiry(expiry).keepAlive(1).will(Will.to("will", "gone", 0)));
    }

    @Test
    void onlyANormalGoodbyeThrowsTheWillAway() {
        connect(0).disconnect();
        hall.awaitSessions(1);
        watcher.expectNothing();
        for (int reason : new int[] {0x04, 0x80, 0x81, 0x97, 0x99}) {
            connect(0).disconnect(new Disconnect(reason, PropertyList.NONE));
            watcher.expectPublish("gone");
        }
        watcher.expectNothing();
    }

    @Test
    void aGoodbyeMayShortenTheSessionButNotRaiseOneFromNothing() {
        connect(100).disconnect(new Disconnect(0, PropertyList.of(PropertyId.SESSION_EXPIRY, 0)));
        hall.awaitSessions(1);
        connect(100).disconnect(new Disconnect(0, PropertyList.of(PropertyId.SESSION_EXPIRY, 50)));
        hall.awaitSessions(2);
        watcher.expectNothing();
        WireClient client = connect(0);
        client.send(new Disconnect(0, PropertyList.of(PropertyId.SESSION_EXPIRY, 50)));
        client.expectDisconnect(0x82);
        watcher.expectPublish("gone");
        hall.awaitSessions(1);
    }

    @Test
    void silenceEndsAConnectionAndPublishesTheWill() {
        long from = System.nanoTime();
        WireClient client = connect(0);
        client.expectDisconnect(0x8D);
        watcher.expectPublish("gone");
        Duration silent = Duration.ofNanos(System.nanoTime() - from);
        assertTrue(silent.compareTo(Duration.ofMillis(1_500)) >= 0, "ended after " + silent);
        assertTrue(silent.compareTo(Duration.ofMillis(3_500)) < 0, "ended after " + silent);
        assertEquals(1, hall.services().loops().sum(Counter.KEEP_ALIVE_TIMEOUTS));
        watcher.expectNothing();
    }

    @Test
    void aResetPublishesTheWill() {
        connect(0).reset();
        watcher.expectPublish("gone");
        hall.awaitSessions(1);
    }

    @Test
    void aHalfClosedSocketIsAnEndAndWhatCameBeforeCounts() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(Ports.local(hall.broker.port()));
            socket.getOutputStream()
                    .write(Connect.as("id").will(Will.to("will", "gone", 0)).encode(ProtocolVersion.V311));
            assertEquals(0x20, socket.getInputStream().read());
            assertEquals(3, socket.getInputStream().skip(3));
            socket.getOutputStream().write(Publish.to("will", "last words").encode(ProtocolVersion.V311));
            socket.shutdownOutput();
            watcher.expectPublish("last words");
            watcher.expectPublish("gone");
            assertEquals(-1, socket.getInputStream().read());
        }
        hall.awaitSessions(1);
    }

    @Test
    void aConnectionThatOnlyHalfSpokeEndsQuietly() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(Ports.local(hall.broker.port()));
            socket.getOutputStream().write(new byte[] {0x10, 0x20, 0, 4, 'M'});
            socket.shutdownOutput();
            assertEquals(-1, socket.getInputStream().read());
        }
        hall.awaitSessions(1);
    }

    @Test
    void aPauseOfTheBrokerIsNotTheClientsSilence() throws InterruptedException {
        WireClient client = connect(0);
        Loop home = hall.session("id").home();
        CountDownLatch paused = new CountDownLatch(1);
        home.execute(() -> {
            paused.countDown();
            Await.pass(Duration.ofMillis(2_500));
        });
        assertTrue(paused.await(10, TimeUnit.SECONDS));
        client.send(new Ping(PacketType.PINGREQ));
        client.expect(Ping.class);
        watcher.expectSilence(Duration.ofMillis(300));
        assertEquals(0, hall.services().loops().sum(Counter.KEEP_ALIVE_TIMEOUTS));
    }
}
