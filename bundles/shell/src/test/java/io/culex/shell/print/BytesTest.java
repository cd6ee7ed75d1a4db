// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.print;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.message.Payload;
import org.junit.jupiter.api.Test;

class BytesTest {
    @Test
    void textIsTextOnOneLine() {
        assertEquals("grün 1 2", Bytes.text(Payload.of("grün 1\n2")));
        assertEquals("a?[2Jb", Bytes.text(Payload.of("a\u001b[2Jb")));
        assertEquals("", Bytes.text(Payload.EMPTY));
    }

    @Test
    void textDoesNotTurnItsDirection() {
        assertEquals("a?b", Bytes.text(Payload.of("a\u202eb")));
        assertEquals("?a? b?", Bytes.text(Payload.of("\u2066a\u2069\r\nb\u2028")));
    }

    @Test
    void everythingElseIsHexadecimal() {
        assertEquals("0xff00", Bytes.text(Payload.wrap(new byte[] {(byte) 0xff, 0})));
    }
}
