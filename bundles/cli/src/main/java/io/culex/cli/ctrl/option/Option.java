// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.option;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every option. An enum and no table of functions: those would take a quarter of the time that the tool needs to start. */
enum Option {
    BIND("address", "-A"),
    HOST("host", "-h", "--host"),
    URL("URL", "-L", "--url"),
    PORT("port", "-p", "--port"),
    UNIX("socket path", "--unix"),
    PROXY("proxy url", "--proxy"),
    NO_DELAY(null, "--nodelay"),
    ID("id", "-i", "--id"),
    USERNAME("username", "-u", "--username"),
    PASSWORD("password", "-P", "--pw"),
    CAFILE("file", "--cafile"),
    CAPATH("directory", "--capath"),
    CERT("file", "--cert", "--certfile"),
    KEY("file", "--key", "--keyfile"),
    KEYFORM("keyform", "--keyform"),
    CIPHERS("ciphers", "--ciphers"),
    TLS_VERSION("version", "--tls-version"),
    ALPN("protocol", "--tls-alpn"),
    ENGINE("engine_id", "--tls-engine"),
    ENGINE_PASS("kpass sha1", "--tls-engine-kpass-sha1"),
    PSK("key", "--psk"),
    PSK_IDENTITY("identity", "--psk-identity"),
    INSECURE(null, "--insecure"),
    SYSTEM_CERTS(null, "--tls-use-os-certs"),
    QOS("QoS", "-q", "--qos"),
    VERSION("version", "--protocol-version", "-V"),
    TIMEOUT("seconds", "--timeout"),
    DATA_FILE("data file", "-f"),
    OPTIONS_FILE("options file", "-o"),
    DEBUG(null, "-d", "--debug"),
    VERBOSE(null, "-v", "--verbose"),
    QUIET(null, "--quiet"),
    JSON(null, "--json"),
    HELP(null, "--help"),
    SHOW_VERSION(null, "--version");

    private static final Map<String, Option> BY_NAME = byName();

    private final @Nullable String noun;
    private final List<String> names;

    /** With what its value is, null when it has none, and its names; messages use the first. */
    Option(@Nullable String noun, String... names) {
        this.noun = noun;
        this.names = List.of(names);
    }

    private static Map<String, Option> byName() {
        Map<String, Option> byName = new HashMap<>();
        for (Option option : values()) {
            for (String name : option.names) {
                byName.put(name, option);
            }
        }
        return byName;
    }

    /** The option of that name; null: there is none. */
    static @Nullable Option find(String name) {
        return BY_NAME.get(name);
    }

    boolean takesValue() {
        return noun != null;
    }

    /** What to say when its value is missing. */
    String withoutValue() {
        return names.get(0) + " argument given but no " + noun + " specified.";
    }
}
