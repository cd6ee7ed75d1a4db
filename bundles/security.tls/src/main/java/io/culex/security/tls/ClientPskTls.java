// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import io.netty.channel.ChannelHandler;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.tls.BasicTlsPSKIdentity;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/** TLS with a pre-shared key of connections outward, by BouncyCastle. Immutable; any thread. */
public final class ClientPskTls {
    private final TlsCrypto crypto = new BcTlsCrypto(new SecureRandom());
    private final byte[] identity;
    private final byte[] key;
    private final int[] suites;
    private final List<String> applications;

    private ClientPskTls(byte[] identity, byte[] key, int[] suites, List<String> applications) {
        this.identity = identity;
        this.key = key;
        this.suites = suites;
        this.applications = List.copyOf(applications);
    }

    /**
     * With one key.
     *
     * @param identity {@code bridge_identity}
     * @param key {@code bridge_psk}, in hexadecimal
     * @param ciphers a list of OpenSSL; null: all there are
     * @param applications protocols that it offers (ALPN)
     * @throws TlsFileException when the key is none, or no cipher is left
     */
    public static ClientPskTls of(String identity, String key, @Nullable String ciphers, List<String> applications)
            throws TlsFileException {
        try {
            byte[] bytes = PskKeys.parse(key);
            if (bytes.length == 0) {
                throw new IllegalArgumentException("empty");
            }
            return new ClientPskTls(
                    identity.getBytes(StandardCharsets.UTF_8), bytes, PskSuites.choose(ciphers), applications);
        } catch (IllegalArgumentException e) {
            throw new TlsFileException("Error: bridge_psk is not a key in hexadecimal.", e);
        }
    }

    /**
     * A handler for one connection. What goes wrong is an {@link java.io.IOException} in the pipeline; what is written before
     * the handshake is over goes out after it.
     *
     * @param agreed called on the loop when the handshake is over
     */
    public ChannelHandler handler(Consumer<PskTls.Agreement> agreed) {
        BasicTlsPSKIdentity own = new BasicTlsPSKIdentity(identity.clone(), key.clone());
        return PskHandler.of(new PskClient(crypto, own, suites, applications), agreed);
    }
}
