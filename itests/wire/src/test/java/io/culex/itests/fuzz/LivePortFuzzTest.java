// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.fuzz;

import static io.culex.testkit.ProtocolVersion.V311;
import static io.culex.testkit.ProtocolVersion.V5;

import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.Ack;
import io.culex.testkit.Auth;
import io.culex.testkit.Connect;
import io.culex.testkit.Disconnect;
import io.culex.testkit.Packet;
import io.culex.testkit.PacketType;
import io.culex.testkit.Ping;
import io.culex.testkit.PropertyId;
import io.culex.testkit.PropertyList;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.Subscribe;
import io.culex.testkit.Unsubscribe;
import io.culex.testkit.Will;
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
            attack(wire, i % 2 == 0, bytes);
        }
    }

    @Test
    void truncatedPackets(Wire wire) {
        for (Packet packet : packets(wire)) {
            byte[] whole = packet.encode(V5);
            for (int length = 1; length < whole.length; length += 1 + whole.length / 12) {
                attack(wire, packet.type() != PacketType.CONNECT, Arrays.copyOf(whole, length));
            }
        }
    }

    @Test
    void shortenedBodies(Wire wire) {
        for (Packet packet : packets(wire)) {
            byte[] whole = packet.encode(V5);
            for (int body = 0; body < Math.min(whole.length - 2, 100); body += 1 + whole.length / 12) {
                byte[] cut = Arrays.copyOf(whole, 2 + body);
                cut[1] = (byte) body;
                attack(wire, packet.type() != PacketType.CONNECT, cut);
            }
        }
    }

    @Test
    void flippedBits(Wire wire) {
        List<Packet> packets = packets(wire);
        for (int i = 0; i < ROUNDS; i++) {
            Packet packet = packets.get(i % packets.size());
            byte[] bytes = packet.encode(i % 3 == 0 ? V311 : V5);
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            attack(wire, packet.type() != PacketType.CONNECT, bytes);
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
            attack(wire, false, huge);
            attack(wire, true, huge);
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
            attack(wire, true, topic);
            attack(wire, true, properties);
            attack(wire, false, clientId);
        }
    }

    @Test
    void deepTopicsAndManyProperties(Wire wire) {
        attack(wire, true, Subscribe.to(1, "/".repeat(60_000), 0).encode(V5));
        attack(wire, true, Publish.to("/".repeat(60_000), "x").encode(V5));
        attack(wire, true, Subscribe.to(1, "+/".repeat(30_000) + "#", 0).encode(V5));
        PropertyList many = PropertyList.NONE;
        for (int i = 0; i < 3_000; i++) {
            many = many.withUser("k", "v");
        }
        attack(wire, false, wire.as("many").with(many).encode(V5));
        attack(wire, true, Publish.to("a", "x").with(many).encode(V5));
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

    /** Sends bytes, after a good CONNECT if asked; whatever the broker does with this connection is right. */
    private static void attack(Wire wire, boolean connected, byte[] bytes) {
        WireClient attacker = wire.open(ProtocolVersion.V5);
        try {
            if (connected) {
                attacker.connect(Connect.as(""));
            }
            attacker.sendRaw(bytes);
        } catch (AssertionError refused) {
            return;
        } finally {
            attacker.close();
        }
    }

    private static List<Packet> packets(Wire wire) {
        PropertyList user = PropertyList.NONE.withUser("name", "value");
        Will will = Will.to(wire.topic("w"), "w", 1).with(user.with(PropertyId.WILL_DELAY, 1));
        return List.of(
                wire.as("fuzz").user("u").password("p").will(will).expiry(1),
                Publish.to(wire.topic("a"), "payload").qos(2, 10).with(user.with(PropertyId.CONTENT_TYPE, "t")),
                Publish.to(wire.topic("a"), "payload").with(user.with(PropertyId.TOPIC_ALIAS, 1)),
                Ack.puback(1).with(user),
                Ack.pubrec(1).withReason(0x80).with(user),
                Ack.pubrel(1).with(user),
                Ack.pubcomp(1).with(user),
                Subscribe.to(1, wire.topic("a/+"), 1)
                        .and("$share/g/" + wire.topic("b"), 2)
                        .with(PropertyList.of(PropertyId.SUBSCRIPTION_ID, 300)),
                Unsubscribe.from(2, wire.topic("a/+"), wire.topic("c")),
                new Ping(PacketType.PINGREQ),
                new Disconnect(4, user.with(PropertyId.SESSION_EXPIRY, 0)),
                new Auth(0x18, PropertyList.of(PropertyId.AUTH_METHOD, "m")));
    }
}
