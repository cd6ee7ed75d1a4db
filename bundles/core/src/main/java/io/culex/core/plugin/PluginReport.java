// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.admin.PluginInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What an operator sees of the plugins that are there and of those that are missing. */
record PluginReport(Map<String, Candidate> there, Set<String> needed, Predicate<String> isLate) {
    List<PluginInfo> all() {
        List<PluginInfo> all = new ArrayList<>();
        there.forEach((name, candidate) ->
                all.add(candidate.info(needed.contains(name) ? PluginInfo.State.IN_USE : PluginInfo.State.IDLE)));
        needed.stream()
                .filter(name -> !there.containsKey(name))
                .map(name -> new PluginInfo(
                        name,
                        isLate.test(name) ? PluginInfo.State.REFUSING : PluginInfo.State.MISSING,
                        List.of(),
                        -1,
                        0,
                        PluginInfo.Usage.NONE))
                .forEach(all::add);
        all.sort(Comparator.comparing(PluginInfo::name));
        return all;
    }
}
