// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.ConfigurationFile;
import io.culex.auth.dynsec.model.InitialConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Versions are kept in order, whatever file someone puts in place. */
@Timeout(60)
class HistoryTest {
    private final Fixture fixture;
    private final Settings settings;

    HistoryTest(@TempDir Path folder) {
        fixture = new Fixture(folder);
        settings = fixture.settings(true, 3, false);
    }

    @BeforeEach
    void write() throws IOException {
        ConfigurationFile.write(fixture.file, InitialConfiguration.forAdmin("admin", LiveFile.hash("secret", 1)));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private DynamicSecurity withFourChanges() throws Exception {
        DynamicSecurity plugin = fixture.open(settings);
        List.of("a", "b", "c", "d").forEach(name -> SharedFileTest.createRole(plugin, name));
        assertEquals(List.of("3", "2", "1"), versions(plugin));
        return plugin;
    }

    /** Somebody else's file, with a change index of its own. */
    private byte[] putInPlace(long changeIndex) throws IOException {
        Configuration other = InitialConfiguration.forAdmin("other", LiveFile.hash("else", 1));
        ConfigurationFile.write(fixture.file, other.withChangeIndex(changeIndex));
        return Files.readAllBytes(fixture.file);
    }

    private static List<String> versions(DynamicSecurity plugin) {
        return SharedFileTest.run(plugin, "history", Map.of()).stream()
                .map(line -> line.substring(0, line.indexOf(',')))
                .toList();
    }

    private static String changeIndex(DynamicSecurity plugin) {
        String answer = Fixture.ask(plugin, "getDetails");
        return answer.replaceFirst(".*\"changeIndex\":(\\d+).*", "$1");
    }

    private List<String> rolesOnDisk() throws Exception {
        return List.copyOf(
                ConfigurationFile.read(fixture.file, warning -> {}).roles().keySet());
    }

    @Test
    void numbersGoOnAfterAFileWithALowerOne() throws Exception {
        DynamicSecurity plugin = withFourChanges();
        putInPlace(0);
        SharedFileTest.run(plugin, "reload", Map.of());
        assertEquals("4", changeIndex(plugin));
        SharedFileTest.createRole(plugin, "e");
        SharedFileTest.createRole(plugin, "f");
        assertEquals(List.of("5", "4", "3"), versions(plugin));
        SharedFileTest.run(plugin, "rollback", Map.of("version", "5"));
        assertEquals(List.of("admin", "e"), rolesOnDisk());
        SharedFileTest.run(plugin, "rollback", Map.of("version", "4"));
        assertEquals(List.of("admin"), rolesOnDisk());
    }

    @Test
    void aHigherNumberIsTakenAsItIs() throws Exception {
        DynamicSecurity plugin = withFourChanges();
        putInPlace(17);
        SharedFileTest.run(plugin, "reload", Map.of());
        assertEquals("17", changeIndex(plugin));
        SharedFileTest.createRole(plugin, "e");
        assertEquals(List.of("17", "3", "2"), versions(plugin));
    }

    @Test
    void aReloadWritesNothingAndKnowsTheFileAfterwards() throws Exception {
        DynamicSecurity plugin = withFourChanges();
        byte[] put = putInPlace(0);
        SharedFileTest.run(plugin, "reload", Map.of());
        assertArrayEquals(put, Files.readAllBytes(fixture.file));
        assertEquals(List.of("3", "2", "1"), versions(plugin));
        putInPlace(1);
        assertTrue(SharedFileTest.createRole(plugin, "e").contains("was changed by someone else"));
        ConfigurationFile.write(fixture.file, put);
        assertFalse(SharedFileTest.createRole(plugin, "e").contains("error"));
    }

    @Test
    void numbersGoOnAfterAFileThatWasPutInPlaceBeforeTheStart() throws Exception {
        fixture.close(withFourChanges());
        byte[] put = putInPlace(0);
        DynamicSecurity plugin = fixture.open(settings);
        assertArrayEquals(put, Files.readAllBytes(fixture.file));
        assertEquals("4", changeIndex(plugin));
        SharedFileTest.createRole(plugin, "e");
        assertEquals(List.of("4", "3", "2"), versions(plugin));
    }

    @Test
    void numbersGoOnInAFileThatWasGenerated() throws Exception {
        fixture.close(withFourChanges());
        Files.delete(fixture.file);
        DynamicSecurity plugin = fixture.open(settings);
        SharedFileTest.createRole(plugin, "e");
        assertEquals(List.of("4", "3", "2"), versions(plugin));
    }

    @Test
    void numbersGoOnInAFileThatWasMended() throws Exception {
        fixture.close(withFourChanges());
        Files.writeString(fixture.file, "{");
        DynamicSecurity plugin = fixture.open(settings);
        putInPlace(0);
        SharedFileTest.run(plugin, "reload", Map.of());
        SharedFileTest.createRole(plugin, "e");
        assertEquals(List.of("4", "3", "2"), versions(plugin));
    }
}
