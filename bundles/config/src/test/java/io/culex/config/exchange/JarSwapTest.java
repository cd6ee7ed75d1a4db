// SPDX-License-Identifier: Apache-2.0
package io.culex.config.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.admin.Operation.RefusedException;
import io.culex.api.config.Reload;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** The file of a plugin line exchanged from the console. */
class JarSwapTest {
    private final Path jar;
    private final Path dir;

    JarSwapTest(@TempDir Path dir) throws IOException {
        this.dir = dir;
        this.jar = Files.writeString(dir.resolve("mine.jar"), "old");
    }

    private String swap(boolean taken) throws RefusedException {
        Bundle bundle = (Bundle) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Bundle.class},
                (p, method, args) -> "culex-plugin:" + jar + "#abc");
        Reload reload = (Reload) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Reload.class}, (p, method, args) -> {
                    assertEquals("new", Files.readString(jar));
                    return new Reload.Result(taken, 2, taken ? "Config loaded." : "Error: it cannot be");
                });
        return new JarSwap(bundle, reload)
                .to(new PluginSource("x", "new".getBytes(StandardCharsets.UTF_8), new Hashtable<>()));
    }

    @Test
    void theFileIsTheNewOneAndTheOldOneIsBesideIt() throws Exception {
        assertTrue(swap(true).contains("mine.jar was exchanged"));
        assertEquals("new", Files.readString(jar));
        assertEquals("old", Files.readString(dir.resolve("mine.jar.old")));
    }

    @Test
    void aRefusalLeavesEverythingAsItWas() throws Exception {
        RefusedException refused = assertThrows(RefusedException.class, () -> swap(false));
        assertEquals("Error: it cannot be", refused.getMessage());
        assertEquals("old", Files.readString(jar));
        try (Stream<Path> files = Files.list(dir)) {
            assertFalse(files.anyMatch(file -> !file.equals(jar)));
        }
    }
}
