// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.bouncycastle.tls.PSKTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * A client's TLS with a pre-shared key over streams that block, by BouncyCastle: the JDK offers none. TLS 1.2, the only version in
 * which Mosquitto has it. Immutable; any thread.
 */
public final class SocketPsk {
    private final byte[] identity;
    private final byte[] key;
    private final int[] suites;
    private final TlsCrypto crypto = new BcTlsCrypto(new SecureRandom());

    private SocketPsk(byte[] identity, byte[] key, int[] suites) {
        this.identity = identity;
        this.key = key;
        this.suites = suites;
    }

    /**
     * With this key.
     *
     * @param ciphers a list of OpenSSL; null: all there are
     * @throws TlsFileException when no cipher is left
     */
    public static SocketPsk of(String identity, byte[] key, @Nullable String ciphers) throws TlsFileException {
        return new SocketPsk(identity.getBytes(StandardCharsets.UTF_8), key.clone(), PskSuites.choose(ciphers));
    }

    /** The two directions of what is encrypted. */
    public record Streams(InputStream in, OutputStream out) {}

    /**
     * Shakes hands over these streams; blocks. One thread may read and another write at the same time.
     *
     * @throws IOException when the two do not come together
     */
    public Streams over(InputStream in, OutputStream out) throws IOException {
        TlsClientProtocol protocol = new TlsClientProtocol(in, out);
        protocol.connect(new Client(crypto, identity, key, suites));
        return new Streams(protocol.getInputStream(), protocol.getOutputStream());
    }

    private static final class Client extends PSKTlsClient {
        private final int[] suites;

        Client(TlsCrypto crypto, byte[] identity, byte[] key, int[] suites) {
            super(crypto, identity, key);
            this.suites = suites;
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return TlsUtils.getSupportedCipherSuites(getCrypto(), suites);
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.TLSv12.only();
        }
    }
}
