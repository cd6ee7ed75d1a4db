// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.net;

import io.culex.cli.ctrl.option.Encryption;
import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import io.culex.security.tls.CipherChoice;
import io.culex.security.tls.KeyPassword;
import io.culex.security.tls.SocketPsk;
import io.culex.security.tls.SocketTls;
import io.culex.security.tls.SocketTlsSettings;
import io.culex.security.tls.TlsFileException;
import io.culex.security.tls.TlsVersion;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What encrypts a connection, with its files read. */
interface Protection {
    /** Shakes hands; blocks. */
    Link over(Socket socket, String host, int port) throws IOException;

    /** Reads the files; may ask for the password of the key. */
    static Protection of(Encryption encryption, KeyPassword password) throws FailedException {
        try {
            if (encryption instanceof Encryption.SharedKey shared) {
                SocketPsk psk = SocketPsk.of(shared.identity(), shared.key(), shared.ciphers());
                return (socket, host, port) -> {
                    SocketPsk.Streams streams = psk.over(socket.getInputStream(), socket.getOutputStream());
                    return new Link(streams.in(), streams.out(), () -> {
                        try (socket) {
                            streams.out().close();
                        }
                    });
                };
            }
            if (encryption instanceof Encryption.Certificates certificates) {
                SocketTls tls = SocketTls.load(settings(certificates, password));
                return (socket, host, port) -> link(tls.over(socket, host, port));
            }
            return (socket, host, port) -> link(socket);
        } catch (TlsFileException e) {
            throw new FailedException(ExitStatus.TLS, String.valueOf(e.getMessage()), e);
        }
    }

    private static Link link(Socket socket) throws IOException {
        return new Link(new BufferedInputStream(socket.getInputStream()), socket.getOutputStream(), socket);
    }

    private static SocketTlsSettings settings(Encryption.Certificates options, KeyPassword password) {
        TlsVersion lowest = TlsVersion.parse(String.valueOf(options.version())).orElse(TlsVersion.TLS_1_2);
        return new SocketTlsSettings(
                new SocketTlsSettings.Trust(options.cafile(), options.capath(), options.system(), !options.insecure()),
                identity(options.cert(), options.key(), password),
                new CipherChoice(options.ciphers(), null, lowest),
                options.alpn());
    }

    private static SocketTlsSettings.@Nullable Identity identity(
            @Nullable Path cert, @Nullable Path key, KeyPassword password) {
        return cert == null || key == null ? null : new SocketTlsSettings.Identity(cert, key, password);
    }
}
