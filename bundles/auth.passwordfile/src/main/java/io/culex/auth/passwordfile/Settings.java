// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.passwordfile;

import io.culex.security.file.InvalidFileException;
import io.culex.security.file.PluginOptions;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the configuration says.
 *
 * @param plugin the plugin's name
 * @param file the password file
 * @param watch whether a change on disk is taken by itself
 * @param cacheTime how long a password that was right need not be hashed again; zero: no cache
 * @param threads how many passwords are hashed at the same time
 * @param queue how many logins may wait for that
 */
record Settings(String plugin, Path file, boolean watch, Duration cacheTime, int threads, int queue) {
    private static final int MAX_CACHE_SECONDS = 3600;
    private static final int MAX_THREADS = 1024;
    private static final int MAX_QUEUE = 1_000_000;

    static Settings of(PasswordFile.Config config) throws InvalidFileException {
        PluginOptions options = new PluginOptions("password-file");
        int threads = options.number("hash_threads", config.hash__threads(), 0, MAX_THREADS);
        return new Settings(
                config.culex_plugin(),
                options.file("password_file", config.password__file()),
                options.flag("watch", config.watch()),
                Duration.ofSeconds(options.number("cache_seconds", config.cache__seconds(), 0, MAX_CACHE_SECONDS)),
                threads > 0 ? threads : defaultThreads(),
                options.number("hash_queue", config.hash__queue(), 1, MAX_QUEUE));
    }

    /** Half of the processors: the event loops need the others while a crowd logs in. */
    private static int defaultThreads() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
}
