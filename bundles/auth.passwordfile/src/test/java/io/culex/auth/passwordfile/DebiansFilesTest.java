// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.passwordfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.security.file.InvalidFileException;
import io.culex.security.hash.HashKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that Debian's {@code mosquitto_passwd} writes. */
class DebiansFilesTest {
    private final Path file;

    DebiansFilesTest(@TempDir Path folder) {
        file = folder.resolve("passwords");
    }

    @Test
    void readsBothKindsOfHashes() throws Exception {
        mosquittoPasswd("-c", "-b", file.toString(), "bob", "sécret");
        mosquittoPasswd("-H", "sha512", "-b", file.toString(), "eve", "other");

        Map<String, User> users = users();

        check(users.get("bob"), HashKind.SHA512_PBKDF2, "sécret");
        check(users.get("eve"), HashKind.SHA512, "other");
    }

    @Test
    void readsAFileThatWasPlainBefore() throws Exception {
        Files.writeString(file, "bob:secret\neve:other word\n");
        mosquittoPasswd("-U", file.toString());

        Map<String, User> users = users();

        check(users.get("bob"), HashKind.SHA512_PBKDF2, "secret");
        check(users.get("eve"), HashKind.SHA512_PBKDF2, "other word");
    }

    private static void check(@Nullable User user, HashKind kind, String password) {
        assertTrue(user != null && user.hash().kind() == kind);
        assertTrue(user != null && user.hash().verify(Entries.bytes(password)));
        assertFalse(user != null && user.hash().verify(Entries.bytes(password + " ")));
    }

    private Map<String, User> users() throws IOException, InvalidFileException {
        return new PasswordFileFormat().parse(file, Files.readAllLines(file), warning -> {});
    }

    private static void mosquittoPasswd(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mosquitto_passwd"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }
}
