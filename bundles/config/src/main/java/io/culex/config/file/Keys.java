// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

/** Names in a {@link Section} of what a line says beside the value of its option. */
public final class Keys {
    /** Port of a listener; 0 with a unix socket. */
    public static final String PORT = "listener port";

    /** Host of a listener. */
    public static final String HOST = "listener host";

    /** Path of a listener's unix socket. */
    public static final String UNIX_PATH = "listener path";

    /** The file of {@code log_dest file}. */
    public static final String LOG_FILE = "log file";

    /** The name that {@code plugin_load} gives a plugin. */
    public static final String PLUGIN_NAME = "plugin name";

    private Keys() {}
}
