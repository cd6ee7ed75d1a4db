// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.prometheus;

import java.util.Map;

/**
 * Limits of the JDK's HTTP server, which it takes from properties of the system before its first use: without them a client that
 * sends slowly holds a thread for ever, and answers are held back by Nagle's algorithm. What somebody has set stays.
 */
final class HttpLimits {
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "30",
            "sun.net.httpserver.maxReqHeaders", "50",
            "sun.net.httpserver.nodelay", "true",
            "jdk.httpserver.maxConnections", "200");

    private HttpLimits() {}

    static void apply() {
        LIMITS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
