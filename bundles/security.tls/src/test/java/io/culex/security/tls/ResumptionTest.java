// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.security.tls.ServerTlsSettings.ClientCheck;
import io.culex.security.tls.ServerTlsSettings.IdentityFiles;
import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Issued;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that come back take up the session they had, and only as long as what they were checked by stays. */
class ResumptionTest {
    private final Authority root = Authority.root("Root");
    private final Issued device = root.client("CN=device");
    private final CountingTrust trust = new CountingTrust();
    private final ServerTlsSettings settings;

    ResumptionTest(@TempDir Path folder) {
        root.server().write(folder, "server");
        Path cafile = Issued.save(folder.resolve("ca.pem"), root.own().pem());
        settings = new ServerTlsSettings(
                new IdentityFiles(folder.resolve("server.crt"), folder.resolve("server.key"), cafile, null),
                new ClientCheck(null, true),
                CipherChoice.DEFAULTS,
                List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientTakesUpItsSessionAndIsWhoItWas(String protocol) throws Exception {
        ServerTls tls = ServerTls.load(settings, TlsEngine.OPENSSL);
        SslContext client = client(protocol);
        for (int i = 0; i < 3; i++) {
            assertEquals(device.certificate(), new Handshake(tls).with(client).getPeerCertificates()[0]);
        }
        assertEquals(1, trust.asked);
    }

    @Test
    void aContextThatIsLoadedAnewTakesNoSessionOfTheOneBefore() throws Exception {
        SslContext client = client("TLSv1.3");
        new Handshake(ServerTls.load(settings, TlsEngine.OPENSSL)).with(client);
        new Handshake(ServerTls.load(settings, TlsEngine.OPENSSL)).with(client);
        assertEquals(2, trust.asked);
    }

    private SslContext client(String protocol) throws Exception {
        return SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .protocols(protocol)
                .trustManager(trust)
                .keyManager(device.key(), device.certificate())
                .build();
    }

    /** Is asked in full handshakes alone. */
    private static final class CountingTrust extends X509ExtendedTrustManager {
        private int asked;

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            asked++;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
            asked++;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            asked++;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
