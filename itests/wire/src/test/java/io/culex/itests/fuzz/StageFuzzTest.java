// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.culex.itests.real.TlsClients;
import io.culex.itests.real.Tunnel;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Issued;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bytes that make no sense in front of every stage, and handshakes that are never ended, beside clients that want in. */
class StageFuzzTest {
    private static final Authority ROOT = Authority.root("Root");
    private static final int ROUNDS = 300;
    private static final int HALF_OPEN = 5_000;
    private static final byte[] HALF_A_HELLO = {0x16, 3, 1, 2, 0, 1, 0};

    /** How what each kind of port expects begins. */
    private static final Map<String, String> BEGINNINGS = Map.of(
            "tls", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
            "psk", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
            "proxy", "\r\n\r\n\u0000\r\nQUIT\n!\u0011\u0000\u000c",
            "v1", "PROXY TCP4 127.0.0.1 ",
            "websocket",
                    "GET /mqtt HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n");

    private static BrokerProcess broker;

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "for Culex alone");
        broker = BrokerProcess.prepare(BrokerKind.CULEX);
        ROOT.server().write(broker.folder(), "server");
        Issued.save(broker.folder().resolve("keys"), "device:00ff\n");
        broker.configure(
                """
                user root
                allow_anonymous true
                psk_file {dir}/keys
                listener {port} 127.0.0.1
                listener {port:tls} 127.0.0.1
                certfile {dir}/server.crt
                keyfile {dir}/server.key
                listener {port:psk} 127.0.0.1
                psk_hint culex
                listener {port:proxy} 127.0.0.1
                enable_proxy_protocol 2
                listener {port:v1} 127.0.0.1
                enable_proxy_protocol 1
                listener {port:websocket} 127.0.0.1
                protocol websockets
                """);
        broker.run(Map.of(), "-c", broker.configuration().toString());
        broker.awaitReady();
    }

    @AfterAll
    static void end() {
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void nonsenseEndsItsOwnConnectionAlone() throws IOException {
        Random random = new Random(3);
        try (WireClient bystander = WireClient.open(broker.address(), ProtocolVersion.V5)) {
            bystander.connect(Connect.as("bystander"));
            bystander.subscribe("a", 0);
            for (int round = 0; round < ROUNDS; round++) {
                for (Map.Entry<String, String> port : BEGINNINGS.entrySet()) {
                    nonsense(broker.port(port.getKey()), port.getValue(), random);
                }
                bystander.publish("a", "round " + round, 0);
                bystander.expectPublish("round " + round);
            }
        }
        assertFalse(broker.log().contains("Error"), broker::log);
        comesIn("after-nonsense");
    }

    @Test
    void handshakesThatAreNeverEndedKeepNobodyOut() throws IOException {
        List<SocketChannel> halfOpen = new ArrayList<>();
        try {
            for (int i = 0; i < HALF_OPEN; i++) {
                SocketChannel channel = SocketChannel.open(broker.address("tls"));
                channel.write(ByteBuffer.wrap(HALF_A_HELLO));
                halfOpen.add(channel);
            }
            long before = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                comesIn("among-them-" + i);
            }
            Duration taken = Duration.ofNanos(System.nanoTime() - before);
            assertEquals(-1, taken.compareTo(Duration.ofSeconds(20)), taken::toString);
        } finally {
            for (SocketChannel channel : halfOpen) {
                channel.close();
            }
        }
    }

    private static void nonsense(int port, String beginning, Random random) throws IOException {
        byte[] begin = beginning.getBytes(StandardCharsets.ISO_8859_1);
        byte[] rest = new byte[random.nextInt(200)];
        random.nextBytes(rest);
        if (random.nextInt(4) == 0) {
            begin[random.nextInt(begin.length)] = (byte) random.nextInt();
        }
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(begin, 0, random.nextInt(4) == 0 ? begin.length / 2 : begin.length);
            socket.getOutputStream().write(rest);
        }
    }

    private static void comesIn(String id) {
        try (Tunnel tunnel = new Tunnel(() -> new TlsClients(ROOT).open(broker.address("tls")));
                WireClient client = WireClient.open(tunnel.address(), ProtocolVersion.V5)) {
            client.connect(Connect.as(id));
        }
    }
}
