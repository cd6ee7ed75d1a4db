// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.fuzz;

import static io.culex.testkit.ProtocolVersion.V311;
import static io.culex.testkit.ProtocolVersion.V5;

import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.Packet;
import io.culex.testkit.PacketType;
import io.culex.testkit.PropertyList;
import io.culex.testkit.Publish;
import io.culex.testkit.Subscribe;
import io.culex.testkit.WireClient;
import io.culex.testkit.WireWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bad bytes on a live port, while two well-behaved clients exchange messages and notice nothing. */
@ExtendWith(WireExtension.class)
class LivePortFuzzTest {
    private static final int ROUNDS = 300;

    private final Random random = new Random(20261120);
    private Bystanders bystanders;

    @BeforeEach
    void startBystanders(Wire wire) {
        bystanders = new Bystanders(wire);
    }

    @AfterEach
    void bystandersNoticedNothing() {
        bystanders.finish();
    }

    @Test
    void randomBytes(Wire wire) {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            Attack.on(wire.address(), i % 2 == 0, bytes);
        }
    }

    @Test
    void truncatedPackets(Wire wire) {
        for (Packet packet : Attack.packets(wire::topic)) {
            byte[] whole = packet.encode(V5);
            for (int length = 1; length < whole.length; length += 1 + whole.length / 12) {
                Attack.on(wire.address(), packet.type() != PacketType.CONNECT, Arrays.copyOf(whole, length));
            }
        }
    }

    @Test
    void shortenedBodies(Wire wire) {
        for (Packet packet : Attack.packets(wire::topic)) {
            byte[] whole = packet.encode(V5);
            for (int body = 0; body < Math.min(whole.length - 2, 100); body += 1 + whole.length / 12) {
                byte[] cut = Arrays.copyOf(whole, 2 + body);
                cut[1] = (byte) body;
                Attack.on(wire.address(), packet.type() != PacketType.CONNECT, cut);
            }
        }
    }

    @Test
    void flippedBits(Wire wire) {
        List<Packet> packets = Attack.packets(wire::topic);
        for (int i = 0; i < ROUNDS; i++) {
            Packet packet = packets.get(i % packets.size());
            byte[] bytes = packet.encode(i % 3 == 0 ? V311 : V5);
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Attack.on(wire.address(), packet.type() != PacketType.CONNECT, bytes);
        }
    }

    @Test
    void hugeLengths(Wire wire) {
        for (int type = 0; type < 16; type++) {
            byte[] huge = new WireWriter()
                    .u8(type << 4)
                    .variable(268_435_455)
                    .bytes(new byte[2000])
                    .toBytes();
            Attack.on(wire.address(), false, huge);
            Attack.on(wire.address(), true, huge);
        }
    }

    @Test
    void lyingLengthsInside(Wire wire) {
        byte[] topic = new WireWriter().u16(0xFFFF).bytes(new byte[50]).toPacket(0x30);
        byte[] properties = new WireWriter()
                .string("a")
                .variable(268_435_455)
                .bytes(new byte[50])
                .toPacket(0x30);
        byte[] clientId = new WireWriter()
                .string("MQTT")
                .u8(5)
                .u8(2)
                .u16(0)
                .u8(0)
                .u16(0xFFFF)
                .toPacket(0x10);
        for (int i = 0; i < 20; i++) {
            Attack.on(wire.address(), true, topic);
            Attack.on(wire.address(), true, properties);
            Attack.on(wire.address(), false, clientId);
        }
    }

    @Test
    void deepTopicsAndManyProperties(Wire wire) {
        Attack.on(wire.address(), true, Subscribe.to(1, "/".repeat(60_000), 0).encode(V5));
        Attack.on(wire.address(), true, Publish.to("/".repeat(60_000), "x").encode(V5));
        Attack.on(
                wire.address(),
                true,
                Subscribe.to(1, "+/".repeat(30_000) + "#", 0).encode(V5));
        PropertyList many = PropertyList.NONE;
        for (int i = 0; i < 3_000; i++) {
            many = many.withUser("k", "v");
        }
        Attack.on(wire.address(), false, wire.as("many").with(many).encode(V5));
        Attack.on(wire.address(), true, Publish.to("a", "x").with(many).encode(V5));
    }

    @Test
    void slowBytes(Wire wire) {
        byte[] connect = wire.as("slow").encode(V5);
        WireClient client = wire.open();
        for (byte one : connect) {
            client.sendRaw(new byte[] {one});
        }
        client.expectConnack();
        for (int i = 0; i < 50; i++) {
            wire.open().sendRaw(0x10);
        }
    }

    @Test
    void floodOfHalfOpenConnections(Wire wire) {
        for (int i = 0; i < 200; i++) {
            WireClient client = wire.open();
            client.sendRaw(Arrays.copyOf(wire.as("half").encode(V5), 9));
            if (i % 2 == 0) {
                client.reset();
            }
        }
    }
}
