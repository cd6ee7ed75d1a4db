// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.security.tls.ServerTlsSettings.IdentityFiles;
import io.culex.testkit.Await;
import io.culex.testkit.pki.Authority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyLogTest {
    private final Authority root = Authority.root("Root");
    private final Path folder;
    private final Path file;

    KeyLogTest(@TempDir Path folder) {
        this.folder = folder;
        this.file = folder.resolve("keys");
        root.server().write(folder, "server");
    }

    private ServerTls tls(TlsEngine engine) throws TlsFileException {
        IdentityFiles files = new IdentityFiles(folder.resolve("server.crt"), folder.resolve("server.key"), null, null);
        return ServerTls.load(new ServerTlsSettings(files, null, CipherChoice.DEFAULTS, List.of()), engine);
    }

    private String written() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void writesTheSecretsOfAHandshakeForItsOwnerAlone() throws Exception {
        ServerTls tls = tls(TlsEngine.OPENSSL);
        assertTrue(tls.writeSecretsTo(KeyLog.to(file)));
        new Handshake(tls).with(root, null);
        Await.until("the secrets", () -> written().contains("SERVER_TRAFFIC_SECRET_0 "));
        assertTrue(written().endsWith("\n"), written());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void addsToWhatIsThere() throws Exception {
        Files.writeString(file, "# before\n");
        KeyLog log = KeyLog.to(file);
        log.handle(0, new byte[] {'a'});
        Await.until("the line", () -> written().equals("# before\na\n"));
        assertEquals(0, log.lost());
    }

    @Test
    void countsLinesThatCannotBeWritten() throws Exception {
        KeyLog log = KeyLog.to(file);
        Files.delete(file);
        log.handle(0, new byte[] {'a'});
        Await.until("the loss", () -> log.lost() == 1);
    }

    @Test
    void theJdkDoesNotGiveThem() throws Exception {
        assertFalse(tls(TlsEngine.JDK).writeSecretsTo(KeyLog.to(file)));
    }

    @Test
    void aFileThatCannotBeWrittenIsRefused() {
        Path none = folder.resolve("none/keys");
        String message = String.valueOf(
                assertThrows(TlsFileException.class, () -> KeyLog.to(none)).getMessage());
        assertTrue(message.startsWith("Error: Unable to write TLS secrets to \"" + none + "\": "), message);
    }
}
