// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.culex.cli.ctrl.option.Options.Proxy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Socks5Test {
    private static final Proxy ANYONE = new Proxy("px", 1, null, "");
    private static final Proxy NAMED = new Proxy("px", 1, "me", "pw");

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private void connect(Proxy proxy, String host, String answers) throws IOException {
        InputStream in = new ByteArrayInputStream(HexFormat.of().parseHex(answers.replace(" ", "")));
        Socks5.connect(
                new Socket() {
                    @Override
                    public InputStream getInputStream() {
                        return in;
                    }

                    @Override
                    public OutputStream getOutputStream() {
                        return sent;
                    }
                },
                proxy,
                host,
                1883);
        assertEquals(-1, in.read(), "everything of the proxy is read");
    }

    private String sentHex() {
        return HexFormat.of().formatHex(sent.toByteArray());
    }

    @ParameterizedTest
    @CsvSource({"01 7f000001 0001", "03 02 6162 0001", "04 00000000000000000000000000000001 0001"})
    void leavesTheNameToTheProxy(String bound) throws IOException {
        connect(ANYONE, "ab.c", "05 00 05 00 00" + bound);
        assertEquals("050100" + "05010003" + "04" + "61622e63" + "075b", sentHex());
    }

    @Test
    void saysWhoItIsWhenItIsAsked() throws IOException {
        connect(NAMED, "a", "05 02 01 00 05 00 00 01 7f000001 0001");
        assertEquals("05020002" + "0102" + "6d65" + "02" + "7077" + "05010003" + "0161" + "075b", sentHex());
    }

    @Test
    void keepsTheNameBackWhenNobodyAsks() throws IOException {
        connect(NAMED, "a", "05 00 05 00 00 01 7f000001 0001");
        assertEquals("05020002" + "05010003" + "0161" + "075b", sentHex());
    }

    @ParameterizedTest
    @CsvSource({
        "05 ff,the proxy wants an authentication that was not offered",
        "05 02,the proxy wants an authentication that was not offered",
        "04 00,the proxy does not speak SOCKS 5",
        "05 00 05 05,the proxy says: Connection refused",
        "05 00 05 02,the proxy says: Connection not allowed",
        "05 00 05 63,the proxy says: Error 99",
        "05 00 05 00 00 02,the proxy does not speak SOCKS 5"
    })
    void saysWhyTheProxyRefuses(String answers, String reason) {
        assertEquals(
                reason,
                assertThrows(IOException.class, () -> connect(ANYONE, "a", answers))
                        .getMessage());
    }

    @Test
    void aWrongPasswordIsNamed() {
        assertEquals(
                "the proxy refuses the username or password",
                assertThrows(IOException.class, () -> connect(NAMED, "a", "05 02 01 01"))
                        .getMessage());
    }

    @Test
    void anEndInTheMiddleIsAnError() {
        assertThrows(EOFException.class, () -> connect(ANYONE, "a", "05 00 05"));
    }
}
