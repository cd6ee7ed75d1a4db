// SPDX-License-Identifier: Apache-2.0
package io.culex.security.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.RecordedLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFileTest {
    private final Path folder;
    private final Path path;
    private final RecordedLog log = new RecordedLog();

    RuleFileTest(@TempDir Path folder) {
        this.folder = folder;
        this.path = folder.resolve("numbers");
    }

    @Test
    void holdsWhatIsInTheFile() throws Exception {
        write("1\r\n2");

        RuleFile<List<Integer>> file = load();

        assertEquals(List.of(1, 2), file.content());
        assertEquals(0, file.changes());
        assertFalse(file.isFailed());
    }

    @Test
    void takesAnEmptyFile() throws Exception {
        write("");

        assertEquals(List.of(), load().content());
    }

    @Test
    void refusesAFileThatIsNotThereOrNotAFile() throws Exception {
        assertEquals("numbers: Error: Unable to open \"numbers\". There is no such file.", refusal());
        Files.createDirectory(path);
        assertEquals("numbers: Error: Unable to open \"numbers\". It is not a file.", refusal());
    }

    @Test
    void namesTheLineThatIsWrong() throws Exception {
        write("1\nx\n");
        assertEquals("numbers: Error: Bad line. Line 2: not a number.", refusal());
        Files.write(path, new byte[] {'1', '\n', '2', '\n', (byte) 0xff, '\n'});
        assertEquals("numbers: Error: Unable to open \"numbers\". Line 3: it is not UTF-8.", refusal());
        Files.write(path, new byte[] {'1', 0, '\n'});
        assertEquals("numbers: Error: Unable to open \"numbers\". Line 1: it has a NUL.", refusal());
    }

    @Test
    void takesAChangeWhenItsWriterHasFinished() throws Exception {
        write("1\n");
        RuleFile<List<Integer>> file = load();

        write("1\n2\n");
        file.look();
        assertEquals(List.of(1), file.content());
        write("1\n2\n3\n");
        file.look();
        assertEquals(List.of(1), file.content());
        file.look();

        assertEquals(List.of(1, 2, 3), file.content());
        assertEquals(1, file.changes());
        assertEquals(List.of("NOTICE The changed file " + path + " is in force."), withoutWarnings());
        looksAgain(file);
        assertEquals(1, file.changes());
    }

    @Test
    void keepsWhatItHasWhenTheFileBreaksAndSaysSoOnce() throws Exception {
        write("1\n");
        RuleFile<List<Integer>> file = load();

        write("1\noops\n");
        looksAgain(file);

        assertEquals(List.of(1), file.content());
        assertEquals(0, file.changes());
        assertTrue(file.isFailed());
        assertEquals(1, file.failures());
        assertEquals(
                List.of(
                        "ERROR numbers: Error: Bad line. Line 2: not a number.",
                        "ERROR Error: The changed file " + path
                                + " is not taken, what was read before stays in force."),
                withoutWarnings());

        write("1\n5\n");
        looksAgain(file);
        assertEquals(List.of(1, 5), file.content());
        assertFalse(file.isFailed());
        assertEquals(1, file.failures());
    }

    @Test
    void keepsWhatItHasWhenNoMemoryIsAsLargeAsTheFile() throws Exception {
        write("1\n");
        RuleFile<List<Integer>> file = load();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), 3L << 30);
        }
        looksAgain(file);
        assertTrue(file.isFailed());
        assertEquals(List.of(1), file.content());
        write("2\n");
        looksAgain(file);
        assertEquals(List.of(2), file.content());
    }

    @Test
    void keepsWhatItHasWhenTheFileGoesAndTakesItWhenItIsBack() throws Exception {
        write("1\n");
        RuleFile<List<Integer>> file = load();
        Path aside = folder.resolve("aside");

        Files.move(path, aside);
        looksAgain(file);
        assertTrue(file.isFailed());
        assertEquals(List.of(1), file.content());

        Files.move(aside, path);
        looksAgain(file);
        assertFalse(file.isFailed());
    }

    /** As when its owner is put right: nothing but that shows that it may be readable now. */
    @Test
    void takesAFileThatBecameReadable() throws Exception {
        write("1\n");
        allow("rw-r-----");
        Numbers numbers = new Numbers();
        RuleFile<List<Integer>> file = new RuleFile<>(path, numbers, log);
        write("1\n2\n");
        numbers.refuse(true);
        looksAgain(file);
        assertTrue(file.isFailed());

        numbers.refuse(false);
        looksAgain(file);
        assertTrue(file.isFailed());
        change("rw-------");
        looksAgain(file);

        assertFalse(file.isFailed());
        assertEquals(List.of(1, 2), file.content());
    }

    @Test
    void aFileThatOthersMayReadNowIsNoChange() throws Exception {
        write("1\n");
        allow("rw-r-----");
        RuleFile<List<Integer>> file = load();
        change("rw-------");
        looksAgain(file);

        assertEquals(0, file.changes());
        assertEquals(List.of(), log.lines());
    }

    @Test
    void takesALinkThatIsMovedToAnotherFile() throws Exception {
        Path first = Files.writeString(folder.resolve("first"), "1");
        Path second = Files.writeString(folder.resolve("second"), "2");
        Files.createSymbolicLink(path, first);
        RuleFile<List<Integer>> file = load();

        Path link = Files.createSymbolicLink(folder.resolve("link"), second);
        Files.move(link, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        looksAgain(file);

        assertEquals(List.of(2), file.content());
    }

    @Test
    void warnsOfAFileThatOthersMayReadOrChange() throws Exception {
        write("0");
        allow("rw-r-----");
        assertEquals(List.of("WARNING Warning: zero"), report());
        allow("rw-r--r--");
        assertEquals(
                "WARNING Warning: File " + path + " has world readable permissions. To fix this, use `chmod 0600 "
                        + path + "`.",
                report().get(0));
        allow("rw-rw-rw-");
        assertEquals(
                "WARNING Warning: File " + path + " can be changed by everyone. To fix this, use `chmod 0600 " + path
                        + "`.",
                report().get(0));
    }

    @Test
    void warnsOfAFileOfAnotherUser() throws Exception {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root can give a file away");
        write("1");
        allow("rw-------");
        Files.setAttribute(path, "unix:uid", 4711);

        assertEquals(
                List.of("WARNING Warning: File " + path + " belongs to another user, who can change it."), report());
    }

    @Test
    void warnsOfAFileThatAnotherGroupMayReadOrChange() throws Exception {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root can give a file away");
        write("1");
        Files.setAttribute(path, "unix:gid", 4711);
        for (String way : List.of("read", "changed")) {
            allow(way.equals("read") ? "rw-r-----" : "rw--w----");
            assertEquals(
                    List.of("WARNING Warning: File " + path + " can be " + way
                            + " by the group 4711, which is not the broker's. To fix this, use `chmod 0600 " + path
                            + "`."),
                    report());
        }
        allow("rw-------");
        assertEquals(List.of(), report());
        Files.setAttribute(path, "unix:gid", 0);
        allow("rw-r-----");
        assertEquals(List.of(), report());
    }

    private List<String> report() throws InvalidFileException {
        log.lines().clear();
        load().start("test", false);
        return log.lines();
    }

    private void allow(String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    /** In another tick of the file system's clock than all that was before. */
    private void change(String permissions) throws IOException {
        Stamp before = Stamp.of(path);
        do {
            allow(permissions);
        } while (Stamp.of(path).equals(before));
    }

    private RuleFile<List<Integer>> load() throws InvalidFileException {
        return new RuleFile<>(path, new Numbers(), log);
    }

    private String refusal() {
        return assertThrows(InvalidFileException.class, this::load).text();
    }

    private void write(String text) throws IOException {
        Files.writeString(path, text);
    }

    private List<String> withoutWarnings() {
        return log.lines().stream().filter(line -> !line.startsWith("WARNING")).toList();
    }

    private static void looksAgain(RuleFile<?> file) {
        IntStream.range(0, 4).forEach(i -> file.look());
    }
}
