// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedNetworksTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,192.0.2.7,true",
        "192.0.2.7,192.0.2.6,false",
        "192.0.2.0/24,192.0.2.255,true",
        "192.0.2.0/24,192.0.3.0,false",
        "192.0.2.128/25,192.0.2.128,true",
        "192.0.2.128/25,192.0.2.127,false",
        "192.0.2.0/23,192.0.3.200,true",
        "0.0.0.0/0,203.0.113.9,true",
        "0.0.0.0/0,::1,false",
        "2001:db8::/32,2001:db8:1::5,true",
        "2001:db8::/33,2001:db8:8000::5,false",
        "::1,::1,true"
    })
    void knowWhoIsInside(String network, String address, boolean inside) throws Exception {
        assertEquals(inside, TrustedNetworks.parse(network).contain(InetAddress.getByName(address)));
    }

    @Test
    void areSeveralSeparatedByCommasOrBlanks() throws Exception {
        TrustedNetworks networks = TrustedNetworks.parse("127.0.0.1, ::1 10.0.0.0/8");
        assertEquals(3, networks.networks().size());
        assertEquals(true, networks.contain(InetAddress.getByName("10.1.2.3")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " , ", "localhost", "192.0.2.0/33", "192.0.2.0/", "192.0.2.0/-1", "1.2.3.4/8/8", "::/129"})
    void refuseWhatIsNoNetwork(String text) {
        assertThrows(IllegalArgumentException.class, () -> TrustedNetworks.parse(text));
    }
}
