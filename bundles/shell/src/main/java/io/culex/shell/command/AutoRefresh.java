// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Whether an installation of a feature may refresh bundles that are there: that would restart what stands on them, and could close every
 * connection. The distribution has it off; a Karaf of another kind has it on.
 */
final class AutoRefresh {
    private static final String PID = "org.apache.karaf.features";

    private AutoRefresh() {}

    static boolean isOn(@Nullable ConfigurationAdmin configurations) {
        if (configurations == null) {
            return true;
        }
        try {
            Configuration features = configurations.getConfiguration(PID, null);
            Object value = features.getProperties() == null
                    ? null
                    : features.getProperties().get("autoRefresh");
            return value == null || Boolean.parseBoolean(value.toString());
        } catch (IOException e) {
            return true;
        }
    }
}
