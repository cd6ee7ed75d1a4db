// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CipherListTest {
    private static final List<String> AVAILABLE = List.of(
            "AES128-GCM-SHA256",
            "AES256-SHA",
            "DES-CBC3-SHA",
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-RSA-AES256-GCM-SHA384",
            "ECDHE-RSA-CHACHA20-POLY1305",
            "ECDHE-RSA-AES128-SHA256",
            "PSK-AES128-CBC-SHA",
            "TLS_AES_128_GCM_SHA256");

    @Test
    void mosquittosDefaultHasNeitherWeakCiphersNorPresharedKeys() {
        assertEquals(
                List.of(
                        "ECDHE-RSA-AES256-GCM-SHA384",
                        "ECDHE-RSA-CHACHA20-POLY1305",
                        "AES256-SHA",
                        "ECDHE-ECDSA-AES128-GCM-SHA256",
                        "ECDHE-RSA-AES128-SHA256",
                        "AES128-GCM-SHA256"),
                choose("DEFAULT:!aNULL:!eNULL:!LOW:!EXPORT:!SSLv2:@STRENGTH"));
    }

    @Test
    void namesStandInTheOrderGiven() {
        assertEquals(
                List.of("AES256-SHA", "ECDHE-ECDSA-AES128-GCM-SHA256"),
                choose("AES256-SHA:UNKNOWN:ECDHE-ECDSA-AES128-GCM-SHA256"));
    }

    @Test
    void wordsAreJoinedByPlus() {
        assertEquals(List.of("ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-ECDSA-AES128-GCM-SHA256"), choose("ECDHE+AESGCM"));
        assertEquals(List.of("ECDHE-RSA-AES128-SHA256"), choose("ECDHE+SHA256"));
    }

    @Test
    void whatIsBannedStaysOutAndWhatIsTakenAwayMayComeBack() {
        assertEquals(List.of("ECDHE-RSA-CHACHA20-POLY1305"), choose("!AES:ECDHE:AES256-SHA"));
        assertEquals(List.of("ECDHE-RSA-CHACHA20-POLY1305", "AES256-SHA"), choose("ECDHE:-AES:AES256-SHA"));
    }

    @Test
    void plusMovesToTheEnd() {
        assertEquals(
                List.of("ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-CHACHA20-POLY1305"),
                choose("ECDHE+TLSv1.2:-SHA256:+CHACHA20"));
    }

    @Test
    void nothingIsLeftOfNonsense() {
        assertEquals(List.of(), choose("NONSENSE:NULL:EXPORT:@SECLEVEL=2"));
    }

    private static List<String> choose(String list) {
        return CipherList.choose(list, AVAILABLE);
    }
}
