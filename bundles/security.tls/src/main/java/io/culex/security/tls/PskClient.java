// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import io.culex.security.tls.PskTls.Agreement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.PSKTlsClient;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsPSKIdentity;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.jspecify.annotations.Nullable;

/** BouncyCastle's client for one connection: TLS 1.2, the only version with pre-shared keys as Mosquitto has them. */
final class PskClient extends PSKTlsClient {
    private final int[] suites;
    private final List<String> applications;
    private @Nullable Agreement agreement;

    PskClient(TlsCrypto crypto, TlsPSKIdentity identity, int[] suites, List<String> applications) {
        super(crypto, identity);
        this.suites = suites;
        this.applications = applications;
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return TlsUtils.getSupportedCipherSuites(getCrypto(), suites);
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.TLSv12.only();
    }

    @Override
    @SuppressWarnings({"JdkObsolete", "NonApiType"}) // BouncyCastle's signature
    protected @Nullable Vector<ProtocolName> getProtocolNames() {
        if (applications.isEmpty()) {
            return null;
        }
        Vector<ProtocolName> names = new Vector<>();
        applications.forEach(name -> names.add(ProtocolName.asUtf8Encoding(name)));
        return names;
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
