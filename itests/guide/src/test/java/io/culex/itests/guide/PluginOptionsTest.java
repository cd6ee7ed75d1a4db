// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.BrokerKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/own-options.md lists the options of plugins as the jars of the distribution have them. */
class PluginOptionsTest {
    private static final Path DOCUMENT =
            Path.of(System.getProperty("culex.home", "../..")).resolve("docs/own-options.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w.]+)` \\| `(\\w+)` \\| [^|]+ \\| ([^|]*) \\|.*");
    private static final Pattern PROPERTY =
            Pattern.compile("<property name=\"(\\w+)\" type=\"String\" value=\"([^\"]*)\"/>");
    private static final Map<String, String> BUNDLES = Map.of(
            "acl_file", "auth.aclfile",
            "password_file", "auth.passwordfile",
            "dynamic_security", "auth.dynsec",
            "jaas", "auth.jaas");

    /** What the plugins of the same names have at Mosquitto. */
    private static final Map<String, Set<String>> MOSQUITTOS = Map.of(
            "acl_file", Set.of("acl_file"),
            "password_file", Set.of("password_file"),
            "dynamic_security", Set.of("config_file", "password_init_file"),
            "metrics.prometheus", Set.of("bind_address", "port", "update_interval"),
            "metrics.influxdb",
                    Set.of(
                            "host",
                            "organisation",
                            "bucket",
                            "token",
                            "hostname",
                            "database",
                            "port",
                            "use_tls",
                            "username",
                            "password",
                            "hostlabel",
                            "measurement",
                            "cafile",
                            "update_interval"));

    @Test
    void pluginsHaveTheOptionsThatAreListedAndNoOthers() throws IOException {
        Map<String, Map<String, String>> listed = new TreeMap<>();
        List<MatchResult> rows =
                ROW.matcher(Files.readString(DOCUMENT)).results().toList();
        for (MatchResult row : rows) {
            listed.computeIfAbsent(row.group(1), ignored -> new TreeMap<>())
                    .put(row.group(2), row.group(3).strip());
        }
        assertTrue(listed.keySet().containsAll(MOSQUITTOS.keySet()), listed.toString());
        for (Map.Entry<String, Map<String, String>> plugin : listed.entrySet()) {
            Map<String, String> found = options(BUNDLES.getOrDefault(plugin.getKey(), plugin.getKey()));
            found.keySet().removeAll(MOSQUITTOS.getOrDefault(plugin.getKey(), Set.of()));
            assertEquals(found, plugin.getValue(), plugin.getKey());
        }
    }

    /** The options of a bundle's component with their defaults, from its description. */
    private static Map<String, String> options(String bundle) throws IOException {
        Map<String, String> options = new TreeMap<>();
        Path folder = BrokerKind.assembly().resolve("system/io/culex").resolve(bundle);
        try (Stream<Path> files = Files.walk(folder)) {
            Path jar = files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
            try (JarFile in = new JarFile(jar.toFile())) {
                for (JarEntry entry : in.stream().toList()) {
                    if (entry.getName().matches("OSGI-INF/[^/]*\\.xml")) {
                        try (InputStream description = in.getInputStream(entry)) {
                            String text = new String(description.readAllBytes(), StandardCharsets.UTF_8);
                            PROPERTY.matcher(text)
                                    .results()
                                    .forEach(found -> options.put(found.group(1), found.group(2)));
                        }
                    }
                }
            }
        }
        return options;
    }
}
