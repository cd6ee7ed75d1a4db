// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.aclfile;

import java.lang.reflect.Proxy;
import java.util.Map;

/** The component's configuration as Declarative Services would give it. */
final class PluginConfig {
    private PluginConfig() {}

    /** With these values under the names of the methods, the others at their defaults. */
    static AclFile.Config of(Map<String, String> values) {
        return (AclFile.Config) Proxy.newProxyInstance(
                PluginConfig.class.getClassLoader(), new Class<?>[] {AclFile.Config.class}, (proxy, method, none) -> {
                    Object given = values.get(method.getName());
                    return given == null ? method.getDefaultValue() : given;
                });
    }
}
