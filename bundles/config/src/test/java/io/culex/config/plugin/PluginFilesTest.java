// SPDX-License-Identifier: Apache-2.0
package io.culex.config.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFilesTest {
    private final Path dir;

    PluginFilesTest(@TempDir Path dir) {
        this.dir = dir;
    }

    private String content(String option) {
        return PluginFiles.contentOf(Map.of(option, dir.resolve("f").toString()));
    }

    @Test
    void differsWhenTheFileDoesEvenWithTheSameSizeAndTime() throws Exception {
        for (String option : new String[] {"password_file", "acl_file", "psk_file"}) {
            Path file = Files.writeString(dir.resolve("f"), "one");
            FileTime time = Files.getLastModifiedTime(file);
            String before = content(option);
            assertEquals(before, content(option));
            Files.writeString(file, "two");
            Files.setLastModifiedTime(file, time);
            assertNotEquals(before, content(option));
        }
    }

    @Test
    void isTheSameWhenOnlyTheTimeDiffers() throws Exception {
        Path file = Files.writeString(dir.resolve("f"), "one");
        String before = content("acl_file");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        assertEquals(before, content("acl_file"));
    }

    @Test
    void aFileThatCannotBeReadNeverCountsAsUnchanged() {
        assertNotEquals(content("acl_file"), content("acl_file"));
    }

    @Test
    void aFileThatThePluginWritesItselfDoesNotCount() throws Exception {
        Files.writeString(dir.resolve("f"), "one");
        String before = content("config_file");
        Files.writeString(dir.resolve("f"), "two");
        assertEquals(before, content("config_file"));
    }
}
