// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslServerContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/** A listener's TLS, loaded and ready. Immutable; any thread. Native memory goes when nobody refers to it any more. */
public final class ServerTls {
    private final SslContext context;
    private final TlsEngine engine;
    private final ServerIdentity identity;

    private ServerTls(SslContext context, TlsEngine engine, ServerIdentity identity) {
        this.context = context;
        this.engine = engine;
        this.identity = identity;
    }

    /**
     * Reads the files and builds what handshakes need; blocks.
     *
     * @throws TlsFileException when anything of it cannot be used
     */
    public static ServerTls load(ServerTlsSettings settings) throws TlsFileException {
        return load(settings, certificates -> TlsEngine.of(settings.ciphers(), certificates));
    }

    static ServerTls load(ServerTlsSettings settings, TlsEngine engine) throws TlsFileException {
        return load(settings, certificates -> engine);
    }

    private static ServerTls load(ServerTlsSettings settings, Function<List<X509Certificate>, TlsEngine> choice)
            throws TlsFileException {
        ServerTlsSettings.IdentityFiles files = settings.identity();
        List<X509Certificate> authorities = Authorities.load(files.cafile(), files.capath());
        ServerIdentity identity = ServerIdentity.load(files.certfile(), files.keyfile(), authorities);
        List<X509Certificate> certificates = new ArrayList<>(identity.chain());
        if (settings.clients() != null) {
            certificates.addAll(authorities);
        }
        TlsEngine engine = choice.apply(certificates);
        SslContextBuilder builder = SslContextBuilder.forServer(identity.key(), identity.chain())
                .sslProvider(engine.provider())
                .protocols(settings.ciphers().lowest().andAbove())
                .ciphers(Ciphers.of(settings.ciphers(), engine));
        ServerTlsSettings.ClientCheck clients = settings.clients();
        if (clients != null) {
            if (authorities.isEmpty()) {
                throw new TlsFileException("Error: require_certificate needs cafile or capath.");
            }
            builder.clientAuth(ClientAuth.REQUIRE)
                    .trustManager(PathTrust.of(authorities, clients.crlfile(), clients.datesCount()));
        }
        if (!settings.applications().isEmpty()) {
            builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                    Protocol.ALPN,
                    SelectorFailureBehavior.NO_ADVERTISE,
                    SelectedListenerFailureBehavior.ACCEPT,
                    settings.applications()));
        }
        return new ServerTls(build(builder, settings), engine, identity);
    }

    private static SslContext build(SslContextBuilder builder, ServerTlsSettings settings) throws TlsFileException {
        try {
            SslContext context = builder.build();
            if (context instanceof OpenSslServerContext openSsl) {
                openSsl.sessionContext().setTicketKeys(ticketKey());
            }
            return context;
        } catch (SSLException | IllegalArgumentException e) {
            String ciphers = settings.ciphers().ciphers();
            String message = ciphers != null && String.valueOf(e.getMessage()).contains("cipher")
                    ? "Error: Unable to set TLS ciphers. Check cipher list \"%s\".".formatted(ciphers)
                    : "Error: Unable to load server certificate \"%s\". Check certfile. %s."
                            .formatted(settings.identity().certfile(), e.getMessage());
            throw new TlsFileException(message, e);
        }
    }

    /** New with each context, so that no session outlives what a client was checked by. */
    private static OpenSslSessionTicketKey ticketKey() {
        byte[] random = new byte[OpenSslSessionTicketKey.TICKET_KEY_SIZE];
        new SecureRandom().nextBytes(random);
        int name = OpenSslSessionTicketKey.NAME_SIZE;
        int mac = name + OpenSslSessionTicketKey.HMAC_KEY_SIZE;
        return new OpenSslSessionTicketKey(
                Arrays.copyOfRange(random, 0, name),
                Arrays.copyOfRange(random, name, mac),
                Arrays.copyOfRange(random, mac, random.length));
    }

    /** A handler for one connection. */
    public SslHandler handler(ByteBufAllocator allocator) {
        return context.newHandler(allocator);
    }

    /**
     * Has a sink told every secret of the handshakes to come, as lines of the NSS key log format without their ends, on the event loop of
     * each. Returns false when what does the cryptography keeps them to itself.
     */
    public boolean tellSecrets(Consumer<byte[]> sink) {
        return context instanceof OpenSslServerContext openSsl && SecretLines.tell(openSsl, sink);
    }

    /** What does the cryptography. */
    public TlsEngine engine() {
        return engine;
    }

    /** Its certificate chain and key. */
    public ServerIdentity identity() {
        return identity;
    }

    /** Until when all of its certificates are valid. */
    public Instant validUntil() {
        return identity.chain().stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }
}
