// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import io.culex.security.tls.PskTls.Agreement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.tls.PSKTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsPSKIdentityManager;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.jspecify.annotations.Nullable;

/** BouncyCastle's server for one connection: TLS 1.2, the only version with pre-shared keys as Mosquitto has them. */
final class PskServer extends PSKTlsServer {
    private final int[] suites;
    private @Nullable Agreement agreement;

    PskServer(TlsCrypto crypto, TlsPSKIdentityManager identities, int[] suites) {
        super(crypto, identities);
        this.suites = suites;
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        // The superclass asks for the first time in its constructor's wake, never before the field is set.
        return TlsUtils.getSupportedCipherSuites(getCrypto(), suites);
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.TLSv12.only();
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        SecurityParameters parameters = context.getSecurityParametersConnection();
        agreement = new Agreement(
                new String(parameters.getPSKIdentity(), StandardCharsets.UTF_8),
                "TLSv1.2",
                PskSuites.name(parameters.getCipherSuite()));
    }

    /** What the handshake came to; null before its end. */
    @Nullable
    Agreement agreement() {
        return agreement;
    }
}
