// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.fuzz;

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
import java.net.SocketAddress;
import java.util.List;
import java.util.function.UnaryOperator;

/** Bad bytes on a connection of their own. */
final class Attack {
    private Attack() {}

    /** Sends bytes, after a good CONNECT if asked; whatever the broker does with this connection is right. */
    static void on(SocketAddress broker, boolean connected, byte[] bytes) {
        WireClient attacker = WireClient.open(broker, ProtocolVersion.V5);
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

    /** One good packet of each type, with much in it; {@code topic} makes names that nobody else uses. */
    static List<Packet> packets(UnaryOperator<String> topic) {
        PropertyList user = PropertyList.NONE.withUser("name", "value");
        Will will = Will.to(topic.apply("w"), "w", 1).with(user.with(PropertyId.WILL_DELAY, 1));
        return List.of(
                Connect.as("fuzz").user("u").password("p").will(will).expiry(1),
                Publish.to(topic.apply("a"), "payload").qos(2, 10).with(user.with(PropertyId.CONTENT_TYPE, "t")),
                Publish.to(topic.apply("a"), "payload").with(user.with(PropertyId.TOPIC_ALIAS, 1)),
                Ack.puback(1).with(user),
                Ack.pubrec(1).withReason(0x80).with(user),
                Ack.pubrel(1).with(user),
                Ack.pubcomp(1).with(user),
                Subscribe.to(1, topic.apply("a/+"), 1)
                        .and("$share/g/" + topic.apply("b"), 2)
                        .with(PropertyList.of(PropertyId.SUBSCRIPTION_ID, 300)),
                Unsubscribe.from(2, topic.apply("a/+"), topic.apply("c")),
                new Ping(PacketType.PINGREQ),
                new Disconnect(4, user.with(PropertyId.SESSION_EXPIRY, 0)),
                new Auth(0x18, PropertyList.of(PropertyId.AUTH_METHOD, "m")));
    }
}
