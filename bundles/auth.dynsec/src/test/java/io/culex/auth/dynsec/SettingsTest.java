// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.auth.dynsec.model.TieOrder;
import io.culex.security.file.InvalidFileException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    /** As Declarative Services would give it: these values under the names of the methods, the others at their defaults. */
    private static Settings of(Map<String, String> values) throws InvalidFileException {
        return Settings.of((DynamicSecurity.Config) Proxy.newProxyInstance(
                SettingsTest.class.getClassLoader(),
                new Class<?>[] {DynamicSecurity.Config.class},
                (proxy, method, none) -> {
                    Object given = values.get(method.getName());
                    return given == null ? method.getDefaultValue() : given;
                }));
    }

    @Test
    void onlyTheFileMustBeGiven() throws Exception {
        Settings settings = of(Map.of("config__file", "/x/dynamic-security.json"));
        assertEquals(Path.of("/x/dynamic-security.json"), settings.file());
        assertNull(settings.passwordInitFile());
        assertEquals(TieOrder.INSERTION, settings.order());
        assertTrue(settings.kicks());
        assertEquals(10, settings.history());
        assertFalse(settings.watch());
        assertEquals(210_000, settings.iterations());
        assertEquals(Duration.ofSeconds(10), settings.hashing().cacheTime());
        assertTrue(settings.hashing().threads() > 0);
        assertThrows(InvalidFileException.class, () -> of(Map.of()));
    }

    @Test
    void theRestCanBe() throws Exception {
        Settings settings = of(Map.of(
                "config__file", "f",
                "password__init__file", "p",
                "acl__tie__order", "alphabetical",
                "on__change", "recheck",
                "history", "0",
                "watch", "true",
                "hash__iterations", "1000",
                "hash__threads", "3"));
        assertEquals(Path.of("p"), settings.passwordInitFile());
        assertEquals(TieOrder.ALPHABETICAL, settings.order());
        assertFalse(settings.kicks());
        assertEquals(0, settings.history());
        assertTrue(settings.watch());
        assertEquals(1000, settings.iterations());
        assertEquals(3, settings.hashing().threads());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            textBlock =
                    """
            acl__tie__order,  random,  'plugin_opt_acl_tie_order' value (random)
            on__change,       nothing, 'plugin_opt_on_change' value (nothing)
            history,          -1,      'plugin_opt_history' value out of range
            hash__iterations, 0,       'plugin_opt_hash_iterations' value out of range
            watch,            maybe,   'plugin_opt_watch' value (maybe)
            """)
    void aWrongValueIsRefusedByName(String option, String value, String message) {
        Map<String, String> values = new HashMap<>(Map.of("config__file", "f"));
        values.put(option, value);
        String text = assertThrows(InvalidFileException.class, () -> of(values)).text();
        assertTrue(text.contains(message), text);
    }
}
