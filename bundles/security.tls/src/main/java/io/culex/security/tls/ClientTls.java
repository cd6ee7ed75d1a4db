// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** TLS of a connection outward, loaded and ready. Immutable; any thread. */
public final class ClientTls {
    private final SslContext context;
    private final TlsEngine engine;
    private final boolean checksName;
    private final @Nullable Executor tasks;

    private ClientTls(SslContext context, TlsEngine engine, boolean checksName, @Nullable Executor tasks) {
        this.context = context;
        this.engine = engine;
        this.checksName = checksName;
        this.tasks = tasks;
    }

    /**
     * Reads the files and builds what handshakes need; blocks.
     *
     * @param blocking where a handshake may wait for an OCSP responder
     * @throws TlsFileException when anything of it cannot be used
     */
    public static ClientTls load(ClientTlsSettings settings, Executor blocking) throws TlsFileException {
        // Only the JDK lets its check of certificates run apart from the event loop.
        boolean ocsp = settings.check().ocsp();
        return load(
                settings,
                certificates -> ocsp ? TlsEngine.JDK : TlsEngine.of(settings.ciphers(), certificates),
                ocsp ? blocking : null);
    }

    static ClientTls load(ClientTlsSettings settings, TlsEngine engine, @Nullable Executor tasks)
            throws TlsFileException {
        return load(settings, certificates -> engine, tasks);
    }

    private static ClientTls load(
            ClientTlsSettings settings, Function<List<X509Certificate>, TlsEngine> choice, @Nullable Executor tasks)
            throws TlsFileException {
        List<X509Certificate> authorities = authorities(settings.trusted());
        ClientTlsSettings.IdentityFiles files = settings.identity();
        ServerIdentity own = files == null ? null : ServerIdentity.load(files.certfile(), files.keyfile(), authorities);
        List<X509Certificate> certificates = new ArrayList<>(authorities);
        if (own != null) {
            certificates.add(own.certificate());
        }
        TlsEngine engine = choice.apply(certificates);
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(engine.provider())
                .protocols(settings.ciphers().lowest().andAbove())
                .ciphers(Ciphers.of(settings.ciphers(), engine))
                .trustManager(ServerTrust.of(authorities, settings.trusted(), settings.check()));
        if (own != null) {
            builder.keyManager(own.key(), own.chain());
        }
        if (!settings.applications().isEmpty()) {
            builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                    Protocol.ALPN,
                    SelectorFailureBehavior.NO_ADVERTISE,
                    SelectedListenerFailureBehavior.ACCEPT,
                    settings.applications()));
        }
        try {
            return new ClientTls(builder.build(), engine, settings.check().name(), tasks);
        } catch (SSLException | IllegalArgumentException e) {
            throw new TlsFileException("Error: Unable to set up TLS of a connection. %s.".formatted(e.getMessage()), e);
        }
    }

    private static List<X509Certificate> authorities(ClientTlsSettings.Trusted trusted) throws TlsFileException {
        List<X509Certificate> found = Authorities.load(trusted.cafile(), trusted.capath());
        return trusted.system() ? Authorities.withSystem(found) : found;
    }

    /** A handler for one connection to that host; the name goes to the server as well (SNI). */
    public SslHandler handler(ByteBufAllocator allocator, String host, int port) {
        Executor apart = tasks;
        SslHandler handler = apart == null
                ? context.newHandler(allocator, host, port)
                : context.newHandler(allocator, host, port, apart);
        SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(checksName ? "HTTPS" : "");
        handler.engine().setSSLParameters(parameters);
        return handler;
    }

    /** What does the cryptography. */
    public TlsEngine engine() {
        return engine;
    }
}
