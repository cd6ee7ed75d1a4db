// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.security.tls.ClientTlsSettings.Check;
import io.culex.security.tls.ClientTlsSettings.Trusted;
import io.culex.security.tls.ServerTlsSettings.ClientCheck;
import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Issued;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClientTlsTest {
    private final Authority root = Authority.root("Root");
    private final Authority other = Authority.root("Other");
    private final Path folder;

    ClientTlsTest(@TempDir Path folder) {
        this.folder = folder;
        root.server().write(folder, "server");
        Issued.save(folder.resolve("ca.pem"), root.own().pem());
        Issued.save(folder.resolve("other.pem"), other.own().pem());
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void verifiesTheServerByAFile(TlsEngine engine) throws Exception {
        SslHandler client = client(engine, new Trusted(folder.resolve("ca.pem"), null, false), "localhost", true);
        assertNull(failure(client, server(null)));
        assertEquals("TLSv1.3", client.engine().getSession().getProtocol());
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void verifiesTheServerByAFolderWhoseFilesHaveNoHashedNames(TlsEngine engine) throws Exception {
        Path authorities = Files.createDirectory(folder.resolve("authorities"));
        Issued.save(authorities.resolve("my-own.crt"), root.own().pem());
        Issued.save(authorities.resolve("README"), "not a certificate");
        SslHandler client = client(engine, new Trusted(null, authorities, false), "127.0.0.1", true);
        assertNull(failure(client, server(null)));
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void saysWhichIssuerIsMissingAndWhereItWasLookedFor(TlsEngine engine) throws Exception {
        Path file = folder.resolve("other.pem");
        SslHandler client = client(engine, new Trusted(file, null, false), "localhost", true);
        assertEquals(
                "the certificate of \"CN=localhost\" cannot be verified: its issuer \"CN=Root\" is missing: 1 CA"
                        + " certificates were read from file \"" + file + "\", and it is not among them",
                deepest(failure(client, server(null))));
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void anIntermediateIsNotBelievedWithoutItsRoot(TlsEngine engine) throws Exception {
        Authority middle = root.intermediate("Middle");
        middle.server().write(folder, "server");
        Path file = Issued.save(
                folder.resolve("both.pem"), other.own().pem() + middle.own().pem());
        SslHandler client = client(engine, new Trusted(file, null, false), "localhost", true);
        assertEquals(
                "the certificate of \"CN=localhost\" cannot be verified: its issuer \"CN=Root\" is missing: 2 CA"
                        + " certificates were read from file \"" + file + "\", and it is not among them",
                deepest(failure(client, server(null))));
        Issued.save(file, root.own().pem() + middle.own().pem());
        assertNull(failure(client(engine, new Trusted(file, null, false), "localhost", true), server(null)));
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void refusesAnotherHostUnlessTheNameDoesNotCount(TlsEngine engine) throws Exception {
        Trusted trusted = new Trusted(folder.resolve("ca.pem"), null, false);
        String reason = deepest(failure(client(engine, trusted, "broker.example", true), server(null)));
        assertTrue(reason.contains("broker.example"), reason);
        assertNull(failure(client(engine, trusted, "broker.example", false), server(null)));
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void theChainCountsAlsoWhenTheNameDoesNot(TlsEngine engine) throws Exception {
        Trusted trusted = new Trusted(folder.resolve("other.pem"), null, false);
        String reason = deepest(failure(client(engine, trusted, "localhost", false), server(null)));
        assertTrue(reason.contains("its issuer \"CN=Root\" is missing"), reason);
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void showsItsOwnCertificateAndOffersAProtocol(TlsEngine engine) throws Exception {
        root.client("CN=bridge").write(folder, "client");
        ClientTlsSettings settings = new ClientTlsSettings(
                new Trusted(folder.resolve("ca.pem"), null, false),
                new ClientTlsSettings.IdentityFiles(folder.resolve("client.crt"), folder.resolve("client.key")),
                CipherChoice.DEFAULTS,
                List.of("mqtt"),
                Check.DEFAULTS);
        SslHandler client =
                ClientTls.load(settings, engine, null).handler(UnpooledByteBufAllocator.DEFAULT, "localhost", 1);
        SslHandler server = server(new ClientCheck(null, true));
        assertNull(failure(client, server));
        assertEquals(
                "CN=bridge", server.engine().getSession().getPeerPrincipal().getName());
        assertEquals("mqtt", client.applicationProtocol());
    }

    @Test
    void theSystemsAuthoritiesAreMoreThanNone() throws Exception {
        assertTrue(Authorities.withSystem(List.of()).size() > 1);
    }

    @Test
    void aFileWithoutCertificateIsRefusedWithItsName() {
        Path empty = Issued.save(folder.resolve("empty.pem"), "");
        assertEquals(
                "Error: Unable to load CA certificates. Check cafile \"" + empty + "\". There is no certificate in it.",
                assertThrows(
                                TlsFileException.class,
                                () -> client(TlsEngine.JDK, new Trusted(empty, null, false), "localhost", true))
                        .getMessage());
    }

    @Test
    void aSharedKeyOpensTheConnectionAndWhatWasWrittenBeforeFollows() throws Exception {
        Path keys = Issued.save(folder.resolve("keys"), "bridge:0a0b0c\n");
        List<String> agreed = new ArrayList<>();
        EmbeddedChannel server = new EmbeddedChannel(
                PskTls.load(keys, "hint", null).handler(agreement -> agreed.add(agreement.identity())));
        EmbeddedChannel client = new EmbeddedChannel(
                ClientPskTls.of("bridge", "0a0b0c", null, List.of()).handler(agreement -> agreed.add("client")));
        client.writeOutbound(Unpooled.copiedBuffer("early", StandardCharsets.UTF_8));
        Handshake.exchange(client, server);
        assertEquals(List.of("bridge", "client"), agreed.stream().sorted().toList());
        ByteBuf received = server.readInbound();
        assertEquals("early", received.toString(StandardCharsets.UTF_8));
        received.release();
        client.finishAndReleaseAll();
        server.finishAndReleaseAll();
    }

    @Test
    void aKeyThatIsNoneIsRefused() {
        assertEquals(
                "Error: bridge_psk is not a key in hexadecimal.",
                assertThrows(TlsFileException.class, () -> ClientPskTls.of("bridge", "xyz", null, List.of()))
                        .getMessage());
    }

    private SslHandler server(@Nullable ClientCheck check) throws TlsFileException {
        return ServerTls.load(new ServerTlsSettings(
                        new ServerTlsSettings.IdentityFiles(
                                folder.resolve("server.crt"),
                                folder.resolve("server.key"),
                                folder.resolve("ca.pem"),
                                null),
                        check,
                        CipherChoice.DEFAULTS,
                        List.of("mqtt")))
                .handler(UnpooledByteBufAllocator.DEFAULT);
    }

    private static SslHandler client(TlsEngine engine, Trusted trusted, String host, boolean checksName)
            throws TlsFileException {
        ClientTlsSettings settings =
                new ClientTlsSettings(trusted, null, CipherChoice.DEFAULTS, List.of(), new Check(checksName, false));
        return ClientTls.load(settings, engine, null).handler(UnpooledByteBufAllocator.DEFAULT, host, 1);
    }

    /** Why the client did not come through; null: it did. */
    private static @Nullable Throwable failure(SslHandler client, ChannelHandler server) {
        EmbeddedChannel clientSide = new EmbeddedChannel(client);
        EmbeddedChannel serverSide = new EmbeddedChannel(server);
        try {
            Handshake.exchange(clientSide, serverSide);
        } catch (DecoderException e) {
            return client.handshakeFuture().cause();
        } finally {
            Handshake.close(clientSide);
            Handshake.close(serverSide);
        }
        return client.handshakeFuture().cause();
    }

    private static String deepest(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.security.cert.CertificateException) {
                return String.valueOf(cause.getMessage());
            }
        }
        return String.valueOf(failure);
    }
}
