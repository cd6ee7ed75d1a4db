// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.jaas;

import java.time.Duration;

/**
 * Which realm decides.
 *
 * @param plugin the plugin's name
 * @param realm as JAAS knows it
 * @param role that a user must have; empty: any user of the realm
 * @param threads logins that are decided at the same time
 * @param queue logins that may wait
 * @param patience how long a login may take
 */
record Settings(String plugin, String realm, String role, int threads, int queue, Duration patience) {
    private static final int MAX_THREADS = 64;
    private static final int MAX_QUEUE = 100_000;
    private static final int MAX_SECONDS = 300;

    /**
     * Reads and checks them.
     *
     * @throws IllegalArgumentException with the option that is wrong
     */
    static Settings of(JaasLogin.Config config) {
        if (config.realm().isBlank()) {
            throw new IllegalArgumentException("Error: The plugin for JAAS needs the option realm.");
        }
        return new Settings(
                config.culex_plugin(),
                config.realm(),
                config.role(),
                number("login_threads", config.login__threads(), MAX_THREADS),
                number("login_queue", config.login__queue(), MAX_QUEUE),
                Duration.ofSeconds(number("login_seconds", config.login__seconds(), MAX_SECONDS)));
    }

    private static int number(String option, String text, int max) {
        if (text.matches("\\d{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= max) {
                return number;
            }
        }
        throw new IllegalArgumentException(
                "Error: Invalid '" + option + "' value (" + text + "): must be a number from 1 to " + max + ".");
    }
}
