// SPDX-License-Identifier: Apache-2.0
package io.culex.config.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.config.felix.RealFramework;
import io.culex.config.file.InvalidConfigException;
import io.culex.config.file.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginJarTest {
    private static final Place PLACE = new Place("test.conf", 2, null);

    private final Path jar;

    PluginJarTest(@TempDir Path dir) {
        this.jar = dir.resolve("mine.jar");
    }

    private PluginJar read(Map<String, String> headers, String component) throws Exception {
        Files.write(jar, RealFramework.plugin("mine", headers, component));
        return PluginJar.read(jar.toString(), PLACE);
    }

    private String refusal(Map<String, String> headers, String component) {
        return assertThrows(InvalidConfigException.class, () -> read(headers, component))
                .lines()
                .get(0);
    }

    private static String component(String pid) {
        return RealFramework.component("mine", pid, "", "");
    }

    @Test
    void findsThePidOfTheOnlyConfiguredComponent() throws Exception {
        PluginJar read = read(Map.of(), component("a.b"));
        assertEquals("a.b", read.pid());
        assertTrue(read.decides());
        assertEquals("mine", read(Map.of(), component("$")).pid());
    }

    @Test
    void theHeaderNamesThePidAndSeveralComponentsNeedIt() throws Exception {
        String both = component("a.b") + component("c.d");
        String two = "<two>" + both + "</two>";
        assertEquals("c.d", read(Map.of(PluginJar.PID_HEADER, "c.d"), two).pid());
        assertEquals("x", read(Map.of(PluginJar.PID_HEADER, "x"), two).pid());
        assertTrue(refusal(Map.of(), two).contains("has 2 components"), refusal(Map.of(), two));
    }

    @Test
    void doorsWaitOnlyForAPluginThatDecides() throws Exception {
        String observer = component("a.b").replace("auth.Authorizer", "intercept.SessionObserver");
        assertFalse(read(Map.of(), observer).decides());
    }

    @Test
    void anotherFileIsAnotherPlugin() throws Exception {
        PluginJar before = read(Map.of(), component("a.b"));
        assertEquals(before, read(Map.of(), component("a.b")));
        assertNotEquals(before, read(Map.of("X", "y"), component("a.b")));
    }

    @Test
    void refusesWhatIsNoPlugin() throws IOException {
        assertEquals(
                "Error: Unable to load plugin '" + jar + "': No such file.",
                assertThrows(InvalidConfigException.class, () -> PluginJar.read(jar.toString(), PLACE))
                        .lines()
                        .get(0));
        Files.writeString(jar, "nothing");
        assertThrows(InvalidConfigException.class, () -> PluginJar.read(jar.toString(), PLACE));
        assertTrue(refusal(Map.of(), "<x/>").contains("has 0 components"));
        assertTrue(refusal(Map.of(), "<!DOCTYPE x><x/>").contains("is not valid"));
    }
}
