// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.command;

import io.culex.auth.dynsec.model.Ranked;
import java.util.ArrayList;
import java.util.List;

/** Lists with priorities, in which each name is at most once. */
final class Lists {
    private Lists() {}

    static boolean has(List<Ranked> list, String name) {
        for (Ranked entry : list) {
            if (entry.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    static List<Ranked> with(List<Ranked> list, Ranked more) {
        List<Ranked> longer = new ArrayList<>(list);
        longer.add(more);
        return longer;
    }

    static List<Ranked> without(List<Ranked> list, String name) {
        return has(list, name)
                ? list.stream().filter(entry -> !entry.name().equals(name)).toList()
                : list;
    }
}
