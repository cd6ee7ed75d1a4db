// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.log.LogType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrammarTest {
    private final Path dir;
    private final ConfText conf;

    GrammarTest(@TempDir Path dir) {
        this.dir = dir;
        conf = new ConfText(dir);
    }

    @Test
    void takesALineAsCommentOnlyWhenItsFirstByteIsTheMark() throws Exception {
        conf.read("# a comment", "#allow_anonymous maybe", "");
        assertEquals("Error: Unknown configuration variable '#'.", conf.error(" # a comment"));
    }

    @Test
    void readsIndentedLines() throws Exception {
        assertTrue(conf.read("   allow_anonymous   true").global().flag("allow_anonymous"));
    }

    @Test
    void cutsWordsAtSpacesOnly() {
        assertEquals(
                "Error: Unknown configuration variable 'allow_anonymous\ttrue'.", conf.error("allow_anonymous\ttrue"));
    }

    @Test
    void namesFileAndLineOfAnError() {
        assertEquals(
                List.of("Error: Unknown configuration variable 'nonsense'.", "Error found at " + conf.main() + ":3."),
                conf.refusal("# one", "allow_anonymous true", "nonsense 1"));
    }

    @Test
    void readsFilesWithCarriageReturns() throws Exception {
        Files.writeString(Path.of(conf.main()), "\r\nsys_interval 7\r\npid_file /run/x.pid\r\n\r\nmax_keepalive 3");
        ConfigDocument document = ConfigReader.read(conf.main());
        assertEquals(7, document.global().number("sys_interval"));
        assertEquals("/run/x.pid", document.global().text("pid_file"));
        assertEquals(3, document.global().number("max_keepalive"));
    }

    @Test
    void ignoresWhatFollowsABool() throws Exception {
        assertTrue(conf.read("persistence 1 # yes").global().flag("persistence"));
        assertFalse(conf.read("persistence 0 true").global().flag("persistence"));
    }

    @Test
    void refusesBoolsOfOtherSpelling() {
        assertEquals("Error: Invalid 'persistence' value (True).", conf.error("persistence True"));
        assertEquals("Error: Invalid 'persistence' value (yes).", conf.error("persistence yes"));
        assertEquals("Error: Invalid 'retained_persistence' value (2).", conf.error("retained_persistence 2"));
    }

    @Test
    void refusesMissingValues() {
        for (String option : List.of("persistence", "max_keepalive", "pid_file", "log_type", "log_dest", "user")) {
            assertEquals("Error: Empty '" + option + "' value in configuration.", conf.error(option));
            assertEquals("Error: Empty '" + option + "' value in configuration.", conf.error(option + "   "));
        }
    }

    @Test
    void takesTheWholeRestOfTheLineAsAString() throws Exception {
        Section global =
                conf.read("log_timestamp_format   %Y # not a comment  ").global();
        assertEquals("%Y # not a comment", global.text("log_timestamp_format"));
    }

    @Test
    void refusesASecondStringForTheSameObject() {
        assertEquals("Error: Duplicate 'pid_file' value in configuration.", conf.error("pid_file /a", "pid_file /b"));
        assertEquals(
                "Error: Duplicate 'tls_version' value in configuration.",
                conf.error("listener 1883", "tls_version tlsv1.3", "tls_version tlsv1.2"));
        assertEquals(
                "Error: Duplicate 'bridge_tls_version' value in configuration.",
                conf.error("connection a", "bridge_tls_version tlsv1.3", "bridge_tls_version tlsv1.2"));
    }

    @Test
    void takesTheLastOfStringsThatMayComeAgain() throws Exception {
        for (String option : List.of("password_file", "acl_file", "psk_file", "clientid_prefixes", "user")) {
            assertEquals(
                    "/b", conf.read(option + " /a", option + " /b").global().text(option));
        }
        for (String option : List.of("ciphers", "ciphers_tls1.3", "crlfile", "mount_point")) {
            Section listener = conf.read("listener 1883", option + " a", option + " b")
                    .listeners()
                    .get(0);
            assertEquals("b", listener.text(option));
        }
    }

    @Test
    void takesTheLastOfNumbersAndBools() throws Exception {
        Section global = conf.read("sys_interval 3", "sys_interval 4", "persistence true", "persistence false")
                .global();
        assertEquals(4, global.number("sys_interval"));
        assertFalse(global.flag("persistence"));
    }

    @Test
    void refusesStringsThatAreNotUtf8() throws Exception {
        Files.write(Path.of(conf.main()), "# \u00e4\npid_file /tmp/\u00e4\n".getBytes(StandardCharsets.ISO_8859_1));
        InvalidConfigException e = assertThrows(InvalidConfigException.class, () -> ConfigReader.read(conf.main()));
        assertEquals(
                List.of("Error: Malformed UTF-8 in configuration.", "Error found at " + conf.main() + ":2."),
                e.lines());
    }

    @Test
    void refusesControlCharactersInStrings() {
        assertEquals("Error: Malformed UTF-8 in configuration.", conf.error("pid_file /tmp/a\tb"));
    }

    @Test
    void refusesStringsOfMoreThan65535Bytes() throws Exception {
        String longest = "a".repeat(65535);
        assertEquals(longest, conf.read("pid_file " + longest).global().text("pid_file"));
        assertEquals("Error: 'pid_file' value is longer than 65535 bytes.", conf.error("pid_file a" + longest));
    }

    @Test
    void refusesToReadAFolder() {
        InvalidConfigException e = assertThrows(InvalidConfigException.class, () -> ConfigReader.read(dir.toString()));
        assertEquals(List.of("Error: Config file '" + dir + "' is a directory."), e.lines());
        assertEquals(3, e.exitStatus());
    }

    @Test
    void refusesToReadAFileThatIsNotThere() {
        String file = dir.resolve("none.conf").toString();
        InvalidConfigException e = assertThrows(InvalidConfigException.class, () -> ConfigReader.read(file));
        assertEquals(List.of("Error: Unable to open config file '" + file + "'."), e.lines());
    }

    @Test
    void saysThatAnOptionIsDeprecated() throws Exception {
        assertEquals(
                "The 'allow_duplicate_messages' option is now deprecated and will be removed in version 3.0."
                        + " The behaviour will default to true.",
                conf.read("allow_duplicate_messages false").log().get(0).text());
        for (String line : List.of("auto_id_prefix a", "clientid_prefixes a", "per_listener_settings true")) {
            assertTrue(conf.read(line).log().get(0).text().contains("is now deprecated"), line);
        }
    }

    @Test
    void acceptsOptionsThatAreGone() throws Exception {
        assertEquals(
                new LogLine(LogType.WARNING, "Warning: The 'retry_interval' option is no longer available."),
                conf.read("retry_interval 20").log().get(0));
    }

    @Test
    void takesTheCommentAfterAPathAwayWhenOnlyThePathExists() throws Exception {
        String path = conf.write("passwd", "");
        ConfigDocument document = conf.read("password_file " + path + " # this one is important");
        assertEquals(path, document.global().text("password_file"));
        assertEquals(
                "Warning: 'password_file' is taken as '" + path + "', what follows as a comment.",
                document.log().get(0).text());
    }

    @Test
    void keepsAPathThatReallyContainsTheMark() throws Exception {
        conf.write("a", "");
        String path = conf.write("a #b", "");
        assertEquals(path, conf.read("password_file " + path).global().text("password_file"));
        assertEquals("/none # x", conf.read("acl_file /none # x").global().text("acl_file"));
    }

    @Test
    void readsDurations() throws Exception {
        List<String> units = List.of("90s", "2h", "1d", "1w", "1m", "1y");
        List<Long> seconds = List.of(90L, 7200L, 86400L, 604800L, 2592000L, 31536000L);
        for (int i = 0; i < units.size(); i++) {
            Section global =
                    conf.read("persistent_client_expiration " + units.get(i)).global();
            assertEquals(seconds.get(i), global.number("persistent_client_expiration"));
        }
        for (String wrong : List.of("1", "0d", "-1d", "d", "1x", "1.5h")) {
            assertEquals(
                    "Error: Invalid 'persistent_client_expiration' duration in configuration.",
                    conf.error("persistent_client_expiration " + wrong));
        }
    }

    @Test
    void checksTimeFormats() throws Exception {
        String iso = "%Y-%m-%dT%H:%M:%S";
        assertEquals(iso, conf.read("log_timestamp_format " + iso).global().text("log_timestamp_format"));
        String flags = "%-d %_^b %010Y %5Ey";
        assertEquals(flags, conf.read("log_timestamp_format " + flags).global().text("log_timestamp_format"));
        assertEquals(List.of(), conf.read("log_timestamp_format " + flags).log());
    }

    @Test
    void warnsOfTimeFormatsThatAreWrittenAsTheyStand() throws Exception {
        for (String format : List.of("%T.%f", "%Q", "10%", "%Y %E")) {
            ConfigDocument document = conf.read("log_timestamp_format " + format);
            assertEquals(format, document.global().text("log_timestamp_format"));
            assertEquals(
                    List.of(new LogLine(
                            LogType.WARNING,
                            "Warning: What strftime does not know in 'log_timestamp_format' (" + format
                                    + ") is written as it stands.")),
                    document.log());
        }
    }
}
