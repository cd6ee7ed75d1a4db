// SPDX-License-Identifier: Apache-2.0
package io.culex.config.exchange;

import io.culex.api.admin.Operation.RefusedException;
import io.culex.config.provision.JarCheck;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * The jar that a person names, read whole.
 *
 * @param text what was named
 * @param bytes its contents
 * @param headers of its manifest
 */
record PluginSource(String text, byte[] bytes, Dictionary<String, String> headers) {
    private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");
    private static final int MAX_BYTES = 256 * 1024 * 1024;

    /** Reads a URL, or the path of a file. Blocks. */
    static PluginSource read(String source) throws RefusedException {
        try (InputStream in = uri(source).toURL().openStream()) {
            byte[] bytes = in.readNBytes(MAX_BYTES);
            Dictionary<String, String> headers = headers(bytes);
            if (headers.get("Bundle-SymbolicName") == null) {
                throw new RefusedException(source + " is not an OSGi bundle (no Bundle-SymbolicName).");
            }
            return new PluginSource(source, bytes, headers);
        } catch (IOException | IllegalArgumentException e) {
            throw new RefusedException(source + " cannot be read: " + e);
        }
    }

    private static URI uri(String source) {
        try {
            return SCHEME.matcher(source).matches()
                    ? URI.create(source)
                    : Path.of(source).toAbsolutePath().toUri();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Dictionary<String, String> headers(byte[] bytes) throws IOException {
        Hashtable<String, String> headers = new Hashtable<>();
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(bytes))) {
            Manifest manifest = jar.getManifest();
            if (manifest != null) {
                manifest.getMainAttributes().forEach((name, value) -> headers.put(name.toString(), value.toString()));
            }
        }
        return headers;
    }

    /** The name of the bundle. */
    String symbolicName() {
        return JarCheck.names(headers.get("Bundle-SymbolicName")).iterator().next();
    }

    /** Its version, as it is written. */
    String version() {
        String version = headers.get("Bundle-Version");
        return version == null ? "0" : version;
    }

    InputStream open() {
        return new ByteArrayInputStream(bytes);
    }
}
