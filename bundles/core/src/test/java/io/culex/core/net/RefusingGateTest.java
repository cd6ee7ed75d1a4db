// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.auth.Access;
import io.culex.core.plugin.TestPlugins;
import io.culex.testkit.Connect;
import io.culex.testkit.PacketType;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.Subscribe;
import io.culex.testkit.WireClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin has been missing for too long: nobody has decided, and nothing is acknowledged as if somebody had. */
class RefusingGateTest {
    private final Hall hall = new Hall();
    private final TestPlugins.Bound acl = hall.plugins.bind("acl", new Hall.Acl(Access.UNSUBSCRIBE));

    @BeforeEach
    void start() {
        hall.take(Hall.swapTimeout(Duration.ZERO), "acl");
    }

    @AfterEach
    void stop() {
        hall.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aMessageOfMqtt3IsNotAcknowledgedButTheConnectionEnds(int qos) {
        WireClient client = hall.connect(ProtocolVersion.V311, Connect.as("client"));
        acl.unbind();
        client.send(Publish.to("t", "x").qos(qos, 1));
        client.expectClosed();
        hall.plugins.bind("acl", new Hall.Acl(Access.UNSUBSCRIBE));
        WireClient again = hall.connect(ProtocolVersion.V311, Connect.as("client"));
        assertEquals(0, again.publish("t", "x", qos));
    }

    @Test
    void aMessageOfMqtt3ThatWantsNoAnswerIsDropped() {
        WireClient client = hall.connect(ProtocolVersion.V311, Connect.as("client"));
        acl.unbind();
        client.send(Publish.to("t", "x"));
        client.expectNothing();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aClientOfMqtt5IsToldAndStays(int qos) {
        WireClient client = hall.connect("client");
        acl.unbind();
        client.send(Publish.to("t", "x").qos(qos, 1));
        PacketType answer = qos == 1 ? PacketType.PUBACK : PacketType.PUBREC;
        assertEquals(0x87, client.expectAck(answer, 1).reason());
        client.expectNothing();
    }

    @Test
    void whatTheBrokerItselfRefusesIsStillAcknowledgedToMqtt3() {
        WireClient client = hall.connect(ProtocolVersion.V311, Connect.as("client"));
        acl.unbind();
        assertEquals(0, client.publish("$SYS/x", "x", 1));
    }

    @Test
    void whatAPluginRefusesIsStillAcknowledgedToMqtt3() {
        acl.unbind();
        hall.plugins.bind("acl", new Hall.Acl(Access.WRITE));
        WireClient client = hall.connect(ProtocolVersion.V311, Connect.as("client"));
        assertEquals(0, client.publish("t", "x", 1));
    }

    @Test
    void aSubscriptionIsRefusedWhereThereIsACodeForItAndElseNotConfirmed() {
        WireClient newer = hall.connect(ProtocolVersion.V311, Connect.as("newer"));
        WireClient older = hall.connect(ProtocolVersion.V31, Connect.as("older"));
        acl.unbind();
        newer.send(Subscribe.to(1, "t", 1));
        assertEquals(List.of(0x80), newer.expectSuback(1).reasons());
        older.send(Subscribe.to(1, "t", 1));
        older.expectClosed();
        assertEquals(0, hall.services().router().tree().count());
    }
}
