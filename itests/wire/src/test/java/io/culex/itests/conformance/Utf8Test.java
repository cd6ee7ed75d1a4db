// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static io.culex.itests.RawConnect.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.itests.RawConnect;
import io.culex.itests.Refusals;
import io.culex.itests.Spec;
import io.culex.itests.Spec3;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.PropertyId;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import io.culex.testkit.WireWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class Utf8Test {
    private static final List<byte[]> ILL_FORMED = List.of(
            bytes(0xED, 0xA0, 0x80), // U+D800
            bytes(0xED, 0xBF, 0xBF), // U+DFFF
            bytes(0xC0, 0x80), // U+0000 in two bytes
            bytes(0xE0, 0x80, 0xAF), // a slash in three bytes
            bytes(0xF4, 0x90, 0x80, 0x80), // above U+10FFFF
            bytes(0xF8, 0x88, 0x80, 0x80, 0x80),
            bytes(0x80),
            bytes(0xC3),
            bytes(0xE2, 0x82),
            bytes(0xFE));

    @Test
    @Spec({"MQTT-1.5.4-1", "MQTT-1.5.7-1"})
    @Spec3("MQTT-1.5.3-1")
    void refusesIllFormedStringsEverywhere(Wire wire) {
        for (byte[] bad : ILL_FORMED) {
            Refusals.of(wire, new WireWriter().binary(bad).u8(0).toPacket(0x30), 0x90);
            Refusals.of(wire, new WireWriter().u16(1).u8(0).binary(bad).u8(0).toPacket(0x82), 0x8F);
            Refusals.ofConnect(
                    wire, RawConnect.v5(bytes(), new WireWriter().binary(bad).toBytes()), 0x85);
            Refusals.ofVersion3(wire, new WireWriter().binary(bad).toPacket(0x30));
        }
    }

    @Test
    @Spec({"MQTT-1.5.4-1", "MQTT-1.5.7-1"})
    void refusesIllFormedUserProperties(Wire wire) {
        byte[] property =
                new WireWriter().u8(0x26).string("k").binary(bytes(0xC0, 0x80)).toBytes();
        Refusals.of(wire, publishWith(wire, property));
        byte[] name = new WireWriter().u8(0x26).binary(bytes(0x80)).string("v").toBytes();
        Refusals.of(wire, publishWith(wire, name));
    }

    @Test
    @Spec("MQTT-1.5.4-2")
    @Spec3("MQTT-1.5.3-2")
    void refusesTheNullCharacter(Wire wire) {
        Refusals.of(wire, Publish.to("a\0b", "x"), 0x90);
        Refusals.ofConnect(wire, wire.as("a\0b"), 0x85);
        Refusals.ofConnect(wire, wire.as("c").user("a\0b"));
        Refusals.of(
                wire, publishWith(wire, new WireWriter().u8(0x03).string("\0").toBytes()));
    }

    @Test
    @Spec("MQTT-1.5.4-3")
    @Spec3("MQTT-1.5.3-3")
    void keepsTheByteOrderMark(Wire wire) {
        WireClient client = wire.v5("c");
        String topic = wire.topic("\uFEFFa\uFEFF");
        client.subscribe(topic, 0);
        client.subscribe(wire.topic("a"), 0);
        client.publish(topic, "x", 0);
        assertEquals(topic, client.expectPublish("x").topic());
        client.expectNothing();
    }

    @Test
    @Spec("MQTT-1.5.4-1")
    void carriesCharactersOfEveryLength(Wire wire) {
        WireClient client = wire.v5("c");
        String topic = wire.topic("aß€😀");
        client.subscribe(topic, 0);
        client.publish(Publish.to(topic, "x").with(PropertyId.CONTENT_TYPE, "😀"), 0);
        assertEquals(topic, client.expectPublish("x").topic());
    }

    private static byte[] publishWith(Wire wire, byte[] properties) {
        return new WireWriter()
                .string(wire.topic("a"))
                .variable(properties.length)
                .bytes(properties)
                .toPacket(0x30);
    }
}
