// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import io.culex.auth.dynsec.model.TieOrder;
import io.culex.security.file.InvalidFileException;
import io.culex.security.file.PluginOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says.
 *
 * @param plugin the plugin's name
 * @param file the configuration file of dynamic security
 * @param passwordInitFile the first administrator's password is in its first line; null: there is none
 * @param order in which ACLs of the same priority are asked
 * @param kicks whether clients are disconnected when what they may do has changed; else only when their login has
 * @param history how many versions of the file are kept
 * @param watch whether a change on disk is taken by itself
 * @param iterations of PBKDF2 for new passwords
 * @param hashing how logins are hashed
 * @param trial whether it is for a look only, so that no file is generated
 */
record Settings(
        String plugin,
        Path file,
        @Nullable Path passwordInitFile,
        TieOrder order,
        boolean kicks,
        int history,
        boolean watch,
        int iterations,
        Hashing hashing,
        boolean trial) {
    private static final String NAME = "dynamic-security";
    private static final int MAX_CACHE_SECONDS = 3600;
    private static final int MAX_THREADS = 1024;
    private static final int MAX_QUEUE = 1_000_000;
    private static final int MAX_HISTORY = 1000;
    private static final int MAX_ITERATIONS = 100_000_000;

    /**
     * How logins are hashed.
     *
     * @param cacheTime how long a password that was right need not be hashed again; zero: no cache
     * @param threads how many passwords are hashed at the same time
     * @param queue how many logins may wait for that
     */
    record Hashing(Duration cacheTime, int threads, int queue) {}

    static Settings of(DynamicSecurity.Config config) throws InvalidFileException {
        PluginOptions options = new PluginOptions(NAME);
        int threads = options.number("hash_threads", config.hash__threads(), 0, MAX_THREADS);
        String initFile = config.password__init__file();
        return new Settings(
                config.culex_plugin(),
                options.file("config_file", config.config__file()),
                initFile.isEmpty() ? null : options.file("password_init_file", initFile),
                oneOf("acl_tie_order", config.acl__tie__order(), "alphabetical", "insertion")
                        ? TieOrder.ALPHABETICAL
                        : TieOrder.INSERTION,
                oneOf("on_change", config.on__change(), "kick", "recheck"),
                options.number("history", config.history(), 0, MAX_HISTORY),
                options.flag("watch", config.watch()),
                options.number("hash_iterations", config.hash__iterations(), 1, MAX_ITERATIONS),
                new Hashing(
                        Duration.ofSeconds(
                                options.number("cache_seconds", config.cache__seconds(), 0, MAX_CACHE_SECONDS)),
                        threads > 0 ? threads : defaultThreads(),
                        options.number("hash_queue", config.hash__queue(), 1, MAX_QUEUE)),
                config.culex_trial());
    }

    /** Whether it is the first of two words. */
    private static boolean oneOf(String option, String value, String first, String second) throws InvalidFileException {
        if (!value.equals(first) && !value.equals(second)) {
            throw new InvalidFileException(NAME + ": Error: Invalid 'plugin_opt_" + option + "' value (" + value
                    + "), it is " + first + " or " + second + ".");
        }
        return value.equals(first);
    }

    /** Half of the processors: the event loops need the others while a crowd logs in. */
    private static int defaultThreads() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
}
