// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.security.SecureRandom;
import org.bouncycastle.tls.TlsPSKIdentityManager;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SocketPskTest {
    private static final byte[] KEY = {1, 2, 3, 4};

    /** Echoes four bytes, and tells what was agreed on. */
    private static SocketPair server(@Nullable String ciphers) throws Exception {
        int[] suites = PskSuites.choose(ciphers);
        return new SocketPair(socket -> {
            PskServer server = new PskServer(new BcTlsCrypto(new SecureRandom()), new Keys(), suites);
            TlsServerProtocol protocol = new TlsServerProtocol(socket.getInputStream(), socket.getOutputStream());
            protocol.accept(server);
            protocol.getOutputStream().write(protocol.getInputStream().readNBytes(4));
            return String.valueOf(server.agreement());
        });
    }

    private static final class Keys implements TlsPSKIdentityManager {
        @Override
        public byte[] getHint() {
            return new byte[] {'h'};
        }

        @Override
        public byte @Nullable [] getPSK(byte[] identity) {
            return new String(identity, java.nio.charset.StandardCharsets.UTF_8).equals("device") ? KEY.clone() : null;
        }
    }

    private static byte[] echo(SocketPair server, SocketPsk client) throws IOException {
        try (Socket socket = server.connect()) {
            SocketPsk.Streams streams = client.over(socket.getInputStream(), socket.getOutputStream());
            streams.out().write(new byte[] {9, 8, 7, 6});
            return streams.in().readNBytes(4);
        }
    }

    @Test
    void comesInWithItsKey() throws Exception {
        try (SocketPair server = server(null)) {
            assertArrayEquals(new byte[] {9, 8, 7, 6}, echo(server, SocketPsk.of("device", KEY, null)));
            assertTrue(server.told().startsWith("Agreement[identity=device, version=TLSv1.2"), server.told());
        }
    }

    @Test
    void offersTheCiphersThatItIsTold() throws Exception {
        try (SocketPair server = server(null)) {
            echo(server, SocketPsk.of("device", KEY, "PSK-AES128-CBC-SHA256"));
            assertEquals("Agreement[identity=device, version=TLSv1.2, cipher=PSK-AES128-CBC-SHA256]", server.told());
        }
        assertThrows(TlsFileException.class, () -> SocketPsk.of("device", KEY, "nonsense"));
    }

    @Test
    void doesNotComeInWithAnotherKeyOrName() throws Exception {
        try (SocketPair server = server(null)) {
            assertThrows(IOException.class, () -> echo(server, SocketPsk.of("device", new byte[] {1}, null)));
        }
        try (SocketPair server = server(null)) {
            assertThrows(IOException.class, () -> echo(server, SocketPsk.of("stranger", KEY, null)));
        }
    }
}
