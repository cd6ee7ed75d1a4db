// SPDX-License-Identifier: Apache-2.0
package io.culex.config.settings;

import io.culex.config.file.Option;
import io.culex.config.file.OptionTable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The features that any option asks for. */
public final class AllFeatures {
    private AllFeatures() {}

    public static Features installed() {
        Set<String> names = new HashSet<>(List.of(
                "culex-transport-websocket",
                "culex-transport-http",
                "culex-auth-dynsec",
                "culex-plugin-jars",
                "culex-auth-jaas",
                "culex-gateway-eventadmin",
                "culex-metrics-prometheus",
                "culex-metrics-influxdb"));
        for (String spelling : OptionTable.standard().spellings()) {
            Option.Need need = OptionTable.standard().get(spelling).needs();
            if (need != null) {
                names.add(need.feature());
            }
        }
        return new Features(names);
    }
}
