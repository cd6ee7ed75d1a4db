// SPDX-License-Identifier: Apache-2.0
package io.culex.api.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "0:0:0:0:0:0:0:1, ::1",
        "0:0:0:0:0:0:0:0, ::",
        "2001:db8:0:0:0:0:0:7, 2001:db8::7",
        "2001:db8:0:1:0:0:0:7, 2001:db8:0:1::7",
        "2001:db8:0:0:1:0:0:7, 2001:db8::1:0:0:7",
        "fe80:0:0:0:1:2:3:4, fe80::1:2:3:4",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "2001:db8:0:0:0:0:0:0, 2001:db8::"
    })
    void isShort(String given, String expected) throws Exception {
        assertEquals(expected, AddressText.of(InetAddress.getByName(given)));
    }
}
