// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.aclfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Access;
import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import io.culex.api.metrics.Metric;
import io.culex.security.file.InvalidFileException;
import io.culex.testkit.RecordedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AclFileTest {
    private static final Subject BOB = new Subject("client", "bob", Peer.of("1883", null));
    private static final Subject EVIL = new Subject("#", "bob", Peer.of("1883", null));

    private final Path path;
    private final RecordedLog log = new RecordedLog();

    AclFileTest(@TempDir Path folder) throws IOException {
        path = folder.resolve("acl");
        write("user bob", "topic read in", "topic write out", "pattern read %c/+");
    }

    @Test
    void asksTheRulesForReadingAndWriting() throws InvalidFileException {
        AclFile file = open();

        assertEquals(Verdict.ALLOW, file.check(Access.READ, BOB, "in"));
        assertEquals(Verdict.DENY, file.check(Access.WRITE, BOB, "in"));
        assertEquals(Verdict.ALLOW, file.check(Access.WRITE, BOB, "out"));
        assertEquals(Verdict.DENY, file.check(Access.READ, BOB, "out"));
        assertEquals(Verdict.ALLOW, file.check(Access.READ, BOB, "client/x"));
        assertEquals(2, value(file, "refusals"));
        assertEquals(5, value(file, "checks"));
        assertEquals(3, value(file, "rules"));
        assertEquals(1, value(file, "users"));
    }

    @Test
    void allowsEverySubscription() throws InvalidFileException {
        AclFile file = open();

        assertEquals(Verdict.ALLOW, file.check(Access.SUBSCRIBE, BOB, "#"));
        assertEquals(Verdict.ALLOW, file.check(Access.UNSUBSCRIBE, BOB, "forbidden"));
        assertEquals(Verdict.ALLOW, file.check(Access.SUBSCRIBE, EVIL, "#"));
    }

    @Test
    void tellsOnceOfAClientWithADangerousName() throws InvalidFileException {
        AclFile file = open();
        for (int i = 0; i < 10; i++) {
            assertEquals(Verdict.DENY, file.check(Access.WRITE, EVIL, "topic/" + i));
        }

        assertEquals(List.of("NOTICE ACL denying access to client with dangerous client id \"#\""), log.lines());
    }

    @Test
    void remembersOfALongDangerousNameTheBeginning() throws InvalidFileException {
        AclFile file = open();
        for (int i = 0; i < 10; i++) {
            Subject evil = new Subject("#".repeat(60_000) + i, null, EVIL.peer());
            assertEquals(Verdict.DENY, file.check(Access.WRITE, evil, "topic"));
        }
        assertEquals(1, log.lines().size());
    }

    /** CVE-2021-34434: what was revoked is denied from then on, and whoever remembers an answer is told. */
    @Test
    void takesAChangedFile() throws Exception {
        AclFile file = open();
        assertEquals(Verdict.ALLOW, file.check(Access.READ, BOB, "in"));
        long before = file.changes();

        write("user bob", "topic write out");
        look(file);

        assertEquals(Verdict.DENY, file.check(Access.READ, BOB, "in"));
        assertNotEquals(before, file.changes());
        assertEquals(1, value(file, "loads"));
    }

    @Test
    void keepsTheRulesWhenTheFileBreaksAndShowsIt() throws Exception {
        AclFile file = open();
        long before = file.changes();

        write("user bob", "topics #");
        look(file);

        assertEquals(Verdict.ALLOW, file.check(Access.READ, BOB, "in"));
        assertEquals(Verdict.DENY, file.check(Access.READ, BOB, "other"));
        assertEquals(before, file.changes());
        assertEquals(1, value(file, "load_failed"));
        assertEquals(1, value(file, "load_failures"));
        assertTrue(
                log.lines()
                        .get(0)
                        .startsWith("ERROR Error: Invalid line in acl_file \"" + path + "\": topics. Line 2: "),
                log.lines().get(0));
    }

    /** CVE-2018-12550. */
    @Test
    void deniesEverythingByAnEmptyFile() throws Exception {
        write();

        assertEquals(Verdict.DENY, open().check(Access.READ, BOB, "in"));
    }

    @Test
    void refusesAFileWithAFaultWhenItIsMade() throws IOException {
        write("user bob", "topic read a/#/b");
        assertEquals(
                "Error: Invalid ACL topic \"a/#/b\" in acl_file \"" + path
                        + "\". Line 2: it is not a topic filter; a comment stands on a line of its own.",
                assertThrows(InvalidFileException.class, this::open).text());
        Files.delete(path);
        assertEquals(
                "Error: Unable to open acl_file \"" + path + "\". There is no such file.",
                assertThrows(InvalidFileException.class, this::open).text());
    }

    @Test
    void warnsOnceItHasALog() throws Exception {
        write("pattern read x");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
        AclFile file = open();

        file.start();
        file.close();

        assertTrue(
                log.lines().get(0).startsWith("WARNING Warning: File " + path + " can be changed"),
                log.lines().get(0));
        assertTrue(
                log.lines().get(1).startsWith("WARNING Warning: ACL pattern 'x' does not"),
                log.lines().get(1));
    }

    @Test
    void readsItsOptionsFromText() throws InvalidFileException {
        Map<String, String> values = Map.of("culex_plugin", "rules", "acl__file", "/acl", "watch", "true");

        assertEquals(new Settings("rules", Path.of("/acl"), true), Settings.of(PluginConfig.of(values)));
        assertEquals(
                "acl-file: Error: The plugin needs 'plugin_opt_acl_file', the path of its file.",
                assertThrows(InvalidFileException.class, () -> new AclFile(PluginConfig.of(Map.of())))
                        .text());
    }

    private AclFile open() throws InvalidFileException {
        AclFile file = new AclFile(new Settings("rules", path, false));
        file.bindLog(log);
        return file;
    }

    private static void look(AclFile file) {
        file.file().look();
        file.file().look();
    }

    private void write(String... lines) throws IOException {
        Files.writeString(path, String.join("\n", lines));
    }

    private static double value(AclFile file, String name) {
        double[] read = {Double.NaN};
        for (Metric metric : file.metrics()) {
            if (metric.name().equals("aclfile_" + name)) {
                metric.reader().accept((value, labels) -> read[0] = value);
            }
        }
        return read[0];
    }
}
