// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.model;

import java.util.Map;
import java.util.NoSuchElementException;

/** What must be in a map. */
public final class Found {
    private Found() {}

    public static <T> T in(Map<String, T> map, String name) {
        T found = map.get(name);
        if (found == null) {
            throw new NoSuchElementException(name + " is not among " + map.keySet());
        }
        return found;
    }
}
