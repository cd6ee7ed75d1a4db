// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import io.netty.channel.ChannelHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Consumer;
import org.bouncycastle.tls.TlsPSKIdentityManager;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/** A listener's TLS with pre-shared keys, by BouncyCastle: neither the JDK nor BoringSSL for Java offers it. Any thread. */
public final class PskTls {
    private final PskKeys keys;
    private final byte[] hint;
    private final int[] suites;
    private final TlsCrypto crypto = new BcTlsCrypto(new SecureRandom());

    private PskTls(PskKeys keys, String hint, int[] suites) {
        this.keys = keys;
        this.hint = hint.getBytes(StandardCharsets.UTF_8);
        this.suites = suites;
    }

    /**
     * What a handshake came to.
     *
     * @param identity of the client
     * @param version of TLS
     * @param cipher under its OpenSSL name
     */
    public record Agreement(String identity, String version, String cipher) {}

    /**
     * Reads the keys; blocks.
     *
     * @param file {@code psk_file}
     * @param hint {@code psk_hint}
     * @param ciphers a list of OpenSSL; null: all there are
     * @throws TlsFileException when the file cannot be used, or no cipher is left
     */
    public static PskTls load(Path file, String hint, @Nullable String ciphers) throws TlsFileException {
        return new PskTls(PskKeys.load(file), hint, PskSuites.choose(ciphers));
    }

    /**
     * A handler for one connection. What goes wrong is an {@link java.io.IOException} in the pipeline.
     *
     * @param agreed called on the loop when the handshake is over, before anything else passes
     */
    public ChannelHandler handler(Consumer<Agreement> agreed) {
        return PskHandler.of(new PskServer(crypto, new Identities(), suites), agreed);
    }

    /** Whom BouncyCastle asks. */
    private final class Identities implements TlsPSKIdentityManager {
        @Override
        public byte[] getHint() {
            return hint.clone();
        }

        @Override
        public byte @Nullable [] getPSK(byte[] identity) {
            return keys.key(identity);
        }
    }
}
