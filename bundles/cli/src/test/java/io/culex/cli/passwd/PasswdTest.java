// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.passwd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.security.hash.InvalidHashException;
import io.culex.security.hash.PasswordHash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a whole, in this process. */
class PasswdTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Path folder;
    private final String file;

    PasswdTest(@TempDir Path folder) {
        this.folder = folder;
        this.file = folder.resolve("passwords").toString();
    }

    @Test
    void createsAFileThatOnlyItsOwnerReads() throws Exception {
        assertEquals(0, run("", "-I", "5", "-c", "-b", file, "bob", "secret"));

        assertEquals("Adding password for user bob\n", text(out));
        assertEquals(1, lines().size());
        assertTrue(lines().get(0).startsWith("bob:$7$5$"));
        assertTrue(verifies(lines().get(0), "secret"));
        assertEquals("rw-------", permissions());
        assertOnlyTheFile();
    }

    @Test
    void beginsAnewOnDemandAndKeepsThePermissions() throws Exception {
        Files.writeString(Path.of(file), "old:line\n");
        Files.setPosixFilePermissions(Path.of(file), PosixFilePermissions.fromString("rw-r-----"));

        assertEquals(0, run("", "-I", "5", "-c", "-b", file, "bob", "secret"));

        assertEquals(1, lines().size());
        assertEquals("rw-r-----", permissions());
    }

    @Test
    void addsChangesAndDeletes() throws Exception {
        Files.writeString(Path.of(file), "# users\n\neve:x");
        Files.setPosixFilePermissions(Path.of(file), PosixFilePermissions.fromString("rw-r-----"));
        assertEquals(0, run("", "-I", "5", "-b", file, "bob", "one"));
        assertEquals(0, run("", "-I", "5", "-b", file, "bob", "two"));

        assertEquals("Adding password for user bob\nUpdating password for user bob\n", text(out));
        assertEquals(List.of("# users", "", "eve:x"), lines().subList(0, 3));
        assertTrue(verifies(lines().get(3), "two"));
        assertEquals("rw-r-----", permissions());

        assertEquals(0, run("", "-D", file, "bob"));
        assertEquals(List.of("# users", "", "eve:x"), lines());
        assertEquals(1, run("", "-D", file, "bob"));
        assertEquals("Warning: User bob not found in password file.\n", text(err));
        assertOnlyTheFile();
    }

    @Test
    void asksTwiceForThePassword() throws Exception {
        assertEquals(0, run("secret\nsecret\n", "-H", "sha512", "-c", file, "bob"));
        assertTrue(verifies(lines().get(0), "secret"));
        assertTrue(text(out).startsWith("Password: \nReenter password: \n"), text(out));

        assertEquals(2, run("secret\nother\n", file, "bob"));
        assertEquals(1, run("\n", file, "bob"));
        assertEquals(1, run("", file, "bob"));
        assertEquals("Error: Passwords do not match.\nError: Empty password.\nError: Empty password.\n", text(err));
    }

    @Test
    void takesAPipeThatEndsAfterThePassword() throws Exception {
        assertEquals(0, run("secret", "-H", "sha512", "-c", file, "bob"));

        assertTrue(verifies(lines().get(0), "secret"));
    }

    @Test
    void takesManyUsersFromStandardInput() throws Exception {
        Files.writeString(Path.of(file), "eve:old\n");

        assertEquals(0, run("# all\n\nbob:se:cret\r\neve:new\njoe: x \n", "-I", "2", "-b", file, "-"));

        assertEquals(3, lines().size());
        assertTrue(verifies(lines().get(0), "new"));
        assertTrue(verifies(lines().get(1), "se:cret"));
        assertTrue(verifies(lines().get(2), " x "));
        assertEquals(
                "Adding password for user bob\nUpdating password for user eve\nAdding password for user joe\n",
                text(out));
    }

    @Test
    void changesNothingWhenOneLineIsWrong() throws Exception {
        Files.writeString(Path.of(file), "eve:old\n");
        for (String wrong : List.of("bob", "bob:", ":x", "a\tb:x")) {
            assertEquals(1, run("eve:new\n" + wrong + "\n", "-I", "2", "-b", file, "-"));
            assertTrue(text(err).contains("ine 2 of standard input"), text(err));
            assertFalse(text(err).contains("new"));
            err.reset();
        }

        assertEquals(List.of("eve:old"), lines());
    }

    @Test
    void refusesAPasswordThatNoClientCanSend() throws Exception {
        Files.writeString(Path.of(file), "eve:old\n");
        String longest = "x".repeat(65_535);
        assertEquals(1, run("", "-I", "2", "-b", file, "bob", longest + "x"));
        assertEquals(1, run("bob:" + longest + "x\n", "-I", "2", "-b", file, "-"));
        assertEquals(1, run(longest + "x\n", "-I", "2", file, "bob"));

        assertEquals("Error: Password must be less than 65536 characters long.\n".repeat(3), text(err));
        assertEquals(List.of("eve:old"), lines());
        assertEquals(0, run("", "-I", "2", "-b", file, "bob", longest));
    }

    /** As from a pipe whose other end has failed. */
    @Test
    void changesNothingWhenNoUserComes() throws Exception {
        Files.writeString(Path.of(file), "eve:old\n");
        for (String empty : List.of("", "# nobody\n\n")) {
            assertEquals(1, run(empty, "-c", "-b", file, "-"));
            assertEquals(1, run(empty, "-b", file, "-"));
        }

        assertEquals("Error: There is no user on standard input.\n".repeat(4), text(err));
        assertEquals("", text(out));
        assertEquals(List.of("eve:old"), lines());
        assertOnlyTheFile();
    }

    @Test
    void hashesAPlainFileOnce() throws Exception {
        Files.writeString(Path.of(file), "# comment\nbob:secret\neve:other");
        assertEquals(0, run("", "-I", "2", "-U", file));
        List<String> hashed = lines();
        assertTrue(verifies(hashed.get(1), "secret"));
        assertTrue(verifies(hashed.get(2), "other"));

        assertEquals(0, run("", "-U", file));
        assertEquals(hashed, lines());
    }

    @Test
    void worksFromStandardInputToStandardOutput() throws Exception {
        assertEquals(0, run("", "-I", "2", "-c", "-b", "-", "bob", "secret"));
        assertTrue(verifies(text(out).trim(), "secret"));
        out.reset();
        assertEquals(0, run("eve:x\nbob:y\n", "-D", "-", "bob"));
        assertEquals("eve:x\n", text(out));
        out.reset();
        assertEquals(0, run("bob:secret\n", "-I", "2", "-U", "-"));
        assertTrue(verifies(text(out).trim(), "secret"));
        assertEquals(1, run("bob:secret\n", "-b", "-", "-"));
    }

    @Test
    void asksOnStandardErrorWhenTheFileIsStandardOutput() throws Exception {
        assertEquals(0, run("secret\nsecret\n", "-I", "2", "-c", "-", "bob"));

        assertTrue(verifies(text(out).trim(), "secret"));
        assertEquals("Password: \nReenter password: \n", text(err));
    }

    @Test
    void changesTheFileThatALinkLeadsTo() throws Exception {
        Path target = Files.writeString(folder.resolve("target"), "eve:x\n");
        Files.createSymbolicLink(Path.of(file), target);

        assertEquals(0, run("", "-I", "2", "-b", file, "bob", "secret"));

        assertTrue(Files.isSymbolicLink(Path.of(file)));
        assertEquals(2, Files.readAllLines(target).size());
    }

    /** As with a file that is mounted by itself, which cannot be replaced. */
    @Test
    void writesInPlaceWhereItCannotReplaceTheFile() throws Exception {
        Path path = Files.writeString(Path.of(file), "eve:" + "x".repeat(500) + "\nbob:y\n");
        Object inode = Files.getAttribute(path, "unix:ino");
        Files.createDirectory(
                folder.resolve(".passwords." + ProcessHandle.current().pid()));

        assertEquals(0, run("", "-D", file, "eve"));

        assertEquals(List.of("bob:y"), lines());
        assertEquals(inode, Files.getAttribute(path, "unix:ino"));
    }

    @Test
    void saysWhyAFileCannotBeOpened() throws Exception {
        String missing = folder.resolve("none").resolve("p").toString();
        assertEquals(1, run("", "-b", missing, "bob", "x"));
        assertEquals(1, run("", "-I", "1", "-c", "-b", missing, "bob", "x"));
        assertEquals(1, run("", missing, "bob"));
        assertEquals(1, run("", "-D", folder.toString(), "bob"));

        assertEquals(
                "Error: Unable to open password file " + missing + ". No such file or directory.\n"
                        + "Error: Unable to open file " + missing + " for writing. No such file or directory.\n"
                        + "Error: Unable to open password file " + missing + ". No such file or directory.\n"
                        + "Error: Unable to open password file " + folder + ". Is a directory.\n",
                text(err));
        assertEquals("", text(out));
    }

    @Test
    void leavesACorruptFileAsItIs() throws Exception {
        Files.writeString(Path.of(file), "eve:x\nnonsense\n");

        assertEquals(1, run("", "-I", "2", "-b", file, "bob", "secret"));

        assertEquals("Error: Corrupt password file at line 2.\n", text(err));
        assertEquals(List.of("eve:x", "nonsense"), lines());
        assertOnlyTheFile();
    }

    @Test
    void showsItsUsage() {
        assertEquals(0, run("", "--help"));
        assertEquals(Usage.TEXT, text(out));
        assertEquals(1, run(""));
        assertEquals(Usage.TEXT, text(err));
    }

    @Test
    void failsWhenStandardOutputCannotTakeTheFile() throws Exception {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        try (PrintStream broken = new PrintStream(full, false, StandardCharsets.UTF_8);
                PrintStream said = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            Passwd passwd = new Passwd(InputStream.nullInputStream(), broken, said, false);

            assertEquals(1, passwd.run("-I", "5", "-c", "-b", "-", "bob", "secret"));
        }
        assertEquals("Error: Unable to write to standard output.\n", text(err));
    }

    private int run(String input, String... arguments) {
        Passwd passwd = new Passwd(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        return passwd.run(arguments);
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(Path.of(file));
    }

    private String permissions() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file)));
    }

    private void assertOnlyTheFile() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(Path.of(file)), files.toList());
        }
    }

    private static boolean verifies(String line, String password) throws InvalidHashException {
        return PasswordHash.parse(line.substring(line.indexOf(':') + 1))
                .verify(password.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
