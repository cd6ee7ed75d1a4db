// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.proxy;

import static io.culex.transport.proxy.Headers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextHeaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 203.0.113.9 192.0.2.1 51234\r\n",
                "PROXY TCP4 203.0.113.9 192.0.2.1 51234 0\r\n",
                "PROXY TCP4 203.0.113.9 192.0.2.1 51234 65536\r\n",
                "PROXY TCP4 203.0.113.9 192.0.2.1 +1 1883\r\n",
                "PROXY TCP4 203.0.113.9 192.0.2.1 051 1883\r\n",
                "PROXY TCP4 203.0.113.9  192.0.2.1 51234 1883\r\n",
                "PROXY TCP4 2001:db8::9 ::1 51234 1883\r\n",
                "PROXY TCP6 203.0.113.9 192.0.2.1 51234 1883\r\n",
                "PROXY TCP4 203.0.113.256 192.0.2.1 51234 1883\r\n",
                "PROXY TCP4 localhost 192.0.2.1 51234 1883\r\n",
                "PROXY UDP4 203.0.113.9 192.0.2.1 51234 1883\r\n",
                "PROXY TCP4 203.0.113.9 192.0.2.1 51234 1883\n",
                "PROXY UNKNOWNS\r\n",
                "CONNECT"
            })
    void refusesLinesThatAreNone(String line) throws Exception {
        HeaderReaderTest.assertRefused(
                new Door("1").open().send(text(line)), "Connection rejected, corrupt PROXY header.");
    }

    @Test
    void refusesALineThatDoesNotEnd() throws Exception {
        Door door = new Door("1").open().send(text("PROXY UNKNOWN " + "x".repeat(92)));
        assertTrue(door.isOpen());
        door.send(text("x"));
        HeaderReaderTest.assertRefused(door, "Connection rejected, corrupt PROXY header.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY UNKNOWN\r\n", "PROXY UNKNOWN ffff::1 whatever\r\n"})
    void takesAProxyThatDoesNotKnow(String line) throws Exception {
        Door door = new Door("1").open().send(text(line + "CONNECT"));
        assertEquals("10.0.0.1:4000", door.arrival().peer().addressText());
        assertEquals("CONNECT", door.received.toString());
    }
}
