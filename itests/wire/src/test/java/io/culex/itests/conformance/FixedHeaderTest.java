// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static io.culex.itests.RawConnect.bytes;

import io.culex.itests.Refusals;
import io.culex.itests.Spec;
import io.culex.itests.Spec3;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.WireClient;
import io.culex.testkit.WireWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class FixedHeaderTest {
    @Test
    @Spec("MQTT-2.1.3-1")
    @Spec3("MQTT-2.2.2-2")
    void refusesReservedFlags(Wire wire) {
        for (int first : new int[] {0x41, 0x51, 0x60, 0x71, 0x80, 0xA0, 0xC1, 0xE1}) {
            Refusals.of(wire, bytes(first, 2, 0, 1));
            Refusals.ofVersion3(wire, bytes(first, 2, 0, 1));
        }
    }

    @Test
    @Spec({"MQTT-2.1.3-1", "MQTT-4.13.1-1"})
    void refusesPacketType0(Wire wire) {
        Refusals.of(wire, bytes(0x00, 0));
        Refusals.ofVersion3(wire, bytes(0x00, 0));
        Refusals.ofVersion3(wire, bytes(0xF0, 0));
    }

    @Test
    @Spec("MQTT-1.5.5-1")
    void refusesARemainingLengthOfMoreThanFourBytes(Wire wire) {
        Refusals.of(wire, bytes(0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0x01), 0x95);
        Refusals.ofVersion3(wire, bytes(0x30, 0x80, 0x80, 0x80, 0x80, 0x01));
    }

    @Test
    @Spec("MQTT-1.5.5-1")
    void refusesLengthsLongerThanNeeded(Wire wire) {
        Refusals.of(wire, bytes(0xC0, 0x80, 0x00));
        Refusals.of(
                wire, new WireWriter().string(wire.topic("a")).u8(0x80).u8(0).toPacket(0x30));
    }

    @Test
    @Spec("MQTT-1.5.5-1")
    void refusesAPropertyLengthOfMoreThanFourBytes(Wire wire) {
        byte[] packet = new WireWriter()
                .string("a")
                .bytes(bytes(0x80, 0x80, 0x80, 0x80, 0x01))
                .toPacket(0x30);
        Refusals.of(wire, packet);
    }

    @Test
    @Spec("MQTT-2.2.2-1")
    void refusesAPacketWithoutPropertyLength(Wire wire) {
        Refusals.of(wire, new WireWriter().string(wire.topic("a")).toPacket(0x30));
        Refusals.of(wire, new WireWriter().u16(1).toPacket(0x82));
    }

    @Test
    @Spec("MQTT-4.13.1-1")
    void refusesAPropertyLengthBeyondThePacket(Wire wire) {
        Refusals.of(wire, new WireWriter().string(wire.topic("a")).variable(9).toPacket(0x30));
        Refusals.of(
                wire,
                new WireWriter()
                        .string(wire.topic("a"))
                        .variable(3)
                        .u8(0x02)
                        .u16(0)
                        .u16(1)
                        .toPacket(0x30));
    }

    @Test
    @Spec("MQTT-4.13.1-1")
    void refusesAPacketShorterThanItsFields(Wire wire) {
        Refusals.of(wire, bytes(0x30, 0));
        Refusals.of(wire, bytes(0x30, 2, 0, 9));
        Refusals.of(wire, bytes(0x32, 3, 0, 1, 'a'));
        Refusals.of(wire, bytes(0x82, 6, 0, 1, 0, 0, 9, 'a'));
        Refusals.of(wire, bytes(0x82, 6, 0, 1, 0, 0, 1, 'a'));
        Refusals.ofVersion3(wire, bytes(0x82, 5, 0, 1, 0, 1, 'a'));
    }

    @Test
    @Spec("MQTT-4.2.0-1")
    @Spec3("MQTT-4.2.0-1")
    void readsPacketsThatArriveByteByByte(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("a"), 0);
        byte[] packet = new WireWriter()
                .string(wire.topic("a"))
                .u8(0)
                .bytes(new byte[150])
                .toPacket(0x30);
        for (byte one : packet) {
            client.sendRaw(new byte[] {one});
        }
        client.expectPublish();
    }
}
