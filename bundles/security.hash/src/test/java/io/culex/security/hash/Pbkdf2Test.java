// SPDX-License-Identifier: Apache-2.0
package io.culex.security.hash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Held against the JDK's own, where that can do it. */
class Pbkdf2Test {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 101, 1000})
    void derivesWhatTheJdkDerives(int iterations) throws GeneralSecurityException {
        for (int length : new int[] {1, 16, 127, 128, 129, 300}) {
            String password = "ä".repeat(length / 2) + "z".repeat(length % 2);
            byte[] salt = ("salt" + length).getBytes(StandardCharsets.UTF_8);
            byte[] expected = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, 512))
                    .getEncoded();

            assertArrayEquals(expected, Pbkdf2.derive(password.getBytes(StandardCharsets.UTF_8), salt, iterations));
        }
    }
}
