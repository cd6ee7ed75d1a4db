// SPDX-License-Identifier: Apache-2.0
package io.culex.config.provision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

class JarCheckTest {
    private static final Bundle CORE = bundle(
            "io.culex.core",
            Map.of(
                    "Import-Package",
                    "io.culex.api.auth;version=\"[0.1,1)\",org.x;resolution:=optional;version=\"[1,2)\"",
                    "Export-Package",
                    "own.thing;uses:=\"a,b\";version=\"1\""));

    private static Bundle bundle(String name, Map<String, String> headers) {
        return (Bundle) Proxy.newProxyInstance(
                Bundle.class.getClassLoader(),
                new Class<?>[] {Bundle.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "getSymbolicName" -> name;
                    case "getHeaders" -> new Hashtable<>(headers);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static @Nullable String refusal(String... headers) {
        Hashtable<String, String> all = new Hashtable<>(Map.of("Bundle-SymbolicName", "mine"));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return JarCheck.refusal(all, List.of(CORE));
    }

    @Test
    void letsInWhatNothingOfTheBrokerCanBeWiredTo() {
        assertNull(refusal("Export-Package", "mine.api;version=\"1.0\",mine.other"));
        assertNull(refusal("Import-Package", "io.culex.api.auth"));
    }

    @Test
    void refusesFragmentsByTheirHost() {
        assertEquals(
                "it is a fragment of io.culex.core",
                refusal("Fragment-Host", "io.culex.core;bundle-version=\"[0,1)\""));
        assertEquals(
                "it is a fragment of system.bundle", refusal("Fragment-Host", "system.bundle; extension:=framework"));
    }

    @Test
    void refusesExportsOfWhatTheBrokerImportsAlsoOptionally() {
        assertEquals(
                "it exports io.culex.api.auth, which io.culex.core uses",
                refusal("Export-Package", "mine;io.culex.api.auth;version=\"9\""));
        assertEquals("it exports org.x, which io.culex.core uses", refusal("Export-Package", "org.x"));
        assertEquals("it exports own.thing, which io.culex.core uses", refusal("Export-Package", "own.thing"));
    }

    @Test
    void refusesTheNameOfABundleOfTheBroker() {
        assertEquals(
                "its name io.culex.core is that of a bundle of the broker",
                refusal("Bundle-SymbolicName", "io.culex.core;singleton:=true"));
    }

    @Test
    void readsNamesOutOfHeaders() {
        assertEquals(
                Set.of("a", "b", "c"), JarCheck.names("a;b;version=\"[1,2)\";uses:=\"x,y;z\", c;resolution:=optional"));
        assertEquals(Set.of(), JarCheck.names(null));
    }
}
