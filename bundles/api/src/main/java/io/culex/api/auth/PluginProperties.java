// SPDX-License-Identifier: Apache-2.0
package io.culex.api.auth;

/** Names of service properties of a plugin's services. */
public final class PluginProperties {
    /** The plugin's name: the value by which a listener's scope asks for it. */
    public static final String NAME = "culex.plugin";

    /** The number of the generation that the service belongs to (a Long); absent when made by hand. */
    public static final String GENERATION = "culex.generation";

    /** Which run of the configuration made the service's settings ({@code Generation.origin}); absent when made by hand. */
    public static final String ORIGIN = "culex.origin";

    /**
     * {@code auth_plugin_deny_special_chars} (a Boolean): whether clients whose user name or Client Identifier has {@code +} or
     * {@code #} are denied everything without asking the plugin.
     */
    public static final String DENY_SPECIAL_CHARS = "culex.deny.special.chars";

    /**
     * True (a Boolean) when the service is made to see whether it can be, and goes again at once: it must read and complain as
     * always, and change nothing outside of itself.
     */
    public static final String TRIAL = "culex.trial";

    private PluginProperties() {}
}
