// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.message.Message;
import io.culex.api.message.MessageProperties;
import io.culex.api.message.Payload;
import io.culex.api.message.QoS;
import io.culex.shell.print.Json;
import org.junit.jupiter.api.Test;

class MessageJsonTest {
    private static String json(Payload payload) {
        return Json.line(MessageJson.of(new Message("t", payload, QoS.AT_LEAST_ONCE, true, MessageProperties.NONE)));
    }

    @Test
    void keepsTextAsItIs() {
        assertEquals(
                "{\"topic\":\"t\",\"qos\":1,\"retain\":true,\"bytes\":8,\"payload\":\"a\\n\\tb \\u001bc?\"}",
                json(Payload.of("a\n\tb \u001bc?")));
    }

    @Test
    void writesEverythingElseInHexadecimal() {
        assertEquals(
                "{\"topic\":\"t\",\"qos\":1,\"retain\":true,\"bytes\":2,\"payload\":\"0xff00\"}",
                json(Payload.wrap(new byte[] {(byte) 0xff, 0})));
    }
}
