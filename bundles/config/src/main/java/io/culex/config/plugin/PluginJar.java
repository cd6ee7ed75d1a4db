// SPDX-License-Identifier: Apache-2.0
package io.culex.config.plugin;

import io.culex.config.file.InvalidConfigException;
import io.culex.config.file.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * An OSGi bundle that a plugin line names, as the file is now. Which factory PID its options go to: the header
 * {@code Culex-Plugin-Pid} of its manifest; without it, that of its only component with
 * {@code configuration-policy="require"}.
 *
 * @param path of the file
 * @param pid of the factory
 * @param hash of the contents
 * @param decides whether its component decides about clients, so that doors wait for it
 */
public record PluginJar(Path path, String pid, String hash, boolean decides) {
    /** The header of a manifest that names the factory PID. */
    static final String PID_HEADER = "Culex-Plugin-Pid";

    private static final Set<String> DECIDING = Set.of(
            "io.culex.api.auth.Authenticator",
            "io.culex.api.auth.EnhancedAuthenticator",
            "io.culex.api.auth.Authorizer",
            "io.culex.api.intercept.Interceptor");

    /**
     * Reads the jar. Blocks on the file system.
     *
     * @throws InvalidConfigException when it is not there, or is no plugin
     */
    public static PluginJar read(String file, Place place) throws InvalidConfigException {
        try {
            Path path = Path.of(file).toAbsolutePath();
            byte[] bytes = Files.readAllBytes(path);
            try (JarFile jar = new JarFile(path.toFile())) {
                return of(path, hash(bytes), jar);
            }
        } catch (IOException | InvalidPathException e) {
            throw new InvalidConfigException("Error: Unable to load plugin '" + file + "': " + reason(e), place);
        }
    }

    private static String reason(Exception e) {
        return e instanceof NoSuchFileException ? "No such file." : e.getMessage() + ".";
    }

    private static PluginJar of(Path path, String hash, JarFile jar) throws IOException {
        Manifest manifest = jar.getManifest();
        Attributes headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
        if (headers.getValue("Bundle-SymbolicName") == null) {
            throw new IOException("it is not an OSGi bundle (no Bundle-SymbolicName)");
        }
        List<ComponentXml> components = components(jar, headers.getValue("Service-Component"));
        String named = headers.getValue(PID_HEADER);
        ComponentXml component = named == null ? only(components) : withPid(components, named.strip());
        return new PluginJar(
                path,
                component == null ? String.valueOf(named).strip() : component.pid(),
                hash,
                component == null || component.services().stream().anyMatch(DECIDING::contains));
    }

    private static ComponentXml only(List<ComponentXml> components) throws IOException {
        List<ComponentXml> configured =
                components.stream().filter(ComponentXml::requiresConfiguration).toList();
        if (configured.size() != 1) {
            throw new IOException("it names no " + PID_HEADER + " and has " + configured.size()
                    + " components with configuration-policy=\"require\" instead of one");
        }
        return configured.get(0);
    }

    private static @Nullable ComponentXml withPid(List<ComponentXml> components, String pid) {
        return components.stream()
                .filter(component -> component.pid().equals(pid))
                .findFirst()
                .orElse(null);
    }

    private static List<ComponentXml> components(JarFile jar, @Nullable String header) throws IOException {
        List<ComponentXml> components = new ArrayList<>();
        for (String pattern : header == null ? new String[0] : header.split(",", -1)) {
            String regex = ("\\Q" + pattern.strip() + "\\E").replace("*", "\\E[^/]*\\Q");
            for (var entry :
                    jar.stream().filter(e -> e.getName().matches(regex)).toList()) {
                try (var in = jar.getInputStream(entry)) {
                    components.addAll(ComponentXml.read(in));
                }
            }
        }
        return components;
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
