// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.guide;

import io.culex.testkit.Ports;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page's text becomes in a test: ports are free ones of this run, folders of the machine lie below the folder of the test, names
 * of machines are this one, and what a test may not do to the machine is left out. This is all that differs from what a user types.
 */
final class Substitutions {
    private static final List<String> FOLDERS = List.of(
            "/etc/culex",
            "/etc/haproxy",
            "/etc/letsencrypt",
            "/etc/mosquitto",
            "/etc/prometheus",
            "/etc/ssl/certs",
            "/etc/traefik",
            "/opt/culex",
            "/opt/karaf",
            "/run/culex",
            "/usr/share/culex",
            "/var/lib/culex",
            "/var/lib/mosquitto",
            "/var/log/culex");
    private static final List<Integer> PORTS =
            List.of(1883, 1884, 1885, 8000, 8080, 8081, 8101, 8102, 8883, 8884, 9001, 9090, 9883);

    private static final Pattern FOLDER =
            Pattern.compile("(?<![\\w./-])(?:" + String.join("|", FOLDERS) + ")(?=[/\\s'\";:,)]|$)", Pattern.MULTILINE);
    private static final Pattern PORT = Pattern.compile("(?<![\\w.-])(?:"
            + String.join("|", PORTS.stream().map(String::valueOf).toList()) + ")(?![\\w-]|\\.\\d)");

    /** The machines of the guide; and listeners on all addresses, which a test has on the loopback address only. */
    private static final Map<Pattern, String> OTHERS = Map.of(
            Pattern.compile("\\b(?:mqtt|home|office)\\.example\\.com\\b"),
            "localhost",
            Pattern.compile("(?m)^(listener \\d+)$"),
            "$1 127.0.0.1",
            Pattern.compile("(?m)^( +bind )\\*?:(?=\\d)"),
            "$1127.0.0.1:",
            // HAProxy's user and the machine's log: a test is not root.
            Pattern.compile("(?m)^ +(?:user haproxy|group haproxy|log /dev/log .*)\n"),
            "",
            // The user of the Debian package.
            Pattern.compile("(?: -o (?:culex|root))? -g culex\\b"),
            "");

    private final Path root;
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();

    Substitutions(Path root) {
        this.root = root;
    }

    /** The text as it is in the test. */
    String apply(String text) {
        String result = FOLDER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(root + match.group()));
        for (Map.Entry<Pattern, String> other : OTHERS.entrySet()) {
            result = other.getKey().matcher(result).replaceAll(other.getValue());
        }
        return PORT.matcher(result).replaceAll(match -> String.valueOf(port(match.group())));
    }

    /** The free port that stands for one of the guide. */
    int port(String number) {
        return ports.computeIfAbsent(number, ignored -> Ports.free());
    }
}
