// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes bundles of the classes that a test runs inside the container: one class each, a component with what is nested in it. */
final class ComponentBundle {
    private static final String COMPONENT =
            """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%s" immediate="true" \
            activate="activate" deactivate="deactivate">
              <implementation class="%s"/>
            </scr:component>
            """;

    private static final String FRAMEWORK = "org.osgi.framework";

    private ComponentBundle() {}

    /** Writes one of that name into a folder; {@code packages} must be there for it to start, others are found when they are used. */
    static Path write(Path folder, String name, Class<?> component, String... packages) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", name);
        headers.putValue("Bundle-Version", "1.0.0");
        headers.putValue("Service-Component", "OSGI-INF/component.xml");
        headers.putValue(
                "Import-Package", packages.length == 0 ? FRAMEWORK : FRAMEWORK + "," + String.join(",", packages));
        headers.putValue("DynamicImport-Package", "*");
        Path jar = folder.resolve(name + ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            add(out, component);
            for (Class<?> nested : component.getDeclaredClasses()) {
                add(out, nested);
            }
            String xml = COMPONENT.formatted(name, component.getName());
            add(out, "OSGI-INF/component.xml", xml.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private static void add(JarOutputStream out, Class<?> type) throws IOException {
        String entry = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getResourceAsStream("/" + entry)) {
            add(out, entry, in.readAllBytes());
        }
    }

    private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
    }
}
