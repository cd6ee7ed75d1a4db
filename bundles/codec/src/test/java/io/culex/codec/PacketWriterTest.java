// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.culex.api.message.ReasonCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketWriterTest {
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "127, 7f",
        "128, 8001",
        "16383, ff7f",
        "16384, 808001",
        "2097151, ffff7f",
        "2097152, 80808001",
        "268435455, ffffff7f"
    })
    void writesVariableByteIntegersAsTheSpecificationShows(int value, String hex) throws Exception {
        ByteBuf out = Unpooled.buffer(0);
        PacketWriter.writeVarint(out, value);
        assertEquals(hex, Wire.hex(out));
        assertEquals(out.readableBytes(), PacketWriter.varintLength(value));
        assertEquals(1 + out.readableBytes() + value, PacketWriter.packetBytes(value));
        Body body = new Body();
        body.open(out, PacketType.PUBLISH, 0, out.readableBytes());
        assertEquals(value, body.varint("value"));
    }

    @Test
    void refusesWhatCannotBeEncoded() {
        ByteBuf out = Unpooled.buffer();
        assertThrows(IllegalArgumentException.class, () -> PacketWriter.writeVarint(out, -1));
        assertThrows(IllegalArgumentException.class, () -> PacketWriter.writeVarint(out, 268_435_456));
        Connect longId = Connect.of(ProtocolVersion.MQTT_5, "ä".repeat(32_768), true, 0);
        assertThrows(IllegalArgumentException.class, () -> PacketWriter.connect(out, longId));
        Connect longPassword = Connect.of(ProtocolVersion.MQTT_5, "c", true, 0).withCredentials(null, new byte[65_536]);
        assertThrows(IllegalArgumentException.class, () -> PacketWriter.connect(out, longPassword));
    }

    @Test
    void leavesOutReasonsThatAVersionDoesNotHave() {
        Properties why = Properties.reason("why");
        ReasonCode reason = ReasonCode.QUOTA_EXCEEDED;
        assertEquals("50020007", acknowledged(ProtocolVersion.MQTT_3_1_1, reason, why));
        assertEquals("5003000797", acknowledged(ProtocolVersion.MQTT_5, reason, Properties.NONE));
        assertEquals("500a00079706" + "1f0003776879", acknowledged(ProtocolVersion.MQTT_5, reason, why));
        ByteBuf out = Unpooled.buffer();
        PacketWriter.disconnect(out, ProtocolVersion.MQTT_3_1, reason, why);
        assertEquals("e000", Wire.hex(out));
    }

    private static String acknowledged(ProtocolVersion version, ReasonCode reason, Properties properties) {
        ByteBuf out = Unpooled.buffer();
        PacketWriter.acknowledge(out, version, PacketType.PUBREC, 7, reason, properties);
        return Wire.hex(out);
    }

    @Test
    void writesTextBeyondAscii() throws Exception {
        String id = "grün-\u20ac-\ud83d\ude00";
        ByteBuf out = Unpooled.buffer(0);
        PacketWriter.connect(out, Connect.of(ProtocolVersion.MQTT_3_1_1, id, true, 0));
        assertEquals(id, Wire.read(Wire.reader("S"), out).only(Connect.class).clientId());
    }
}
