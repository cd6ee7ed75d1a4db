// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.prometheus;

import java.lang.reflect.Proxy;
import java.util.Map;

/** Options as the component runtime gives them. */
final class TestConfig {
    private TestConfig() {}

    static PrometheusExporter.Config of(Map<String, String> given) {
        Class<PrometheusExporter.Config> type = PrometheusExporter.Config.class;
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        given.getOrDefault(method.getName().replace("__", "_"), (String) method.getDefaultValue())));
    }
}
