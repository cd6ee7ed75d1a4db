// SPDX-License-Identifier: Apache-2.0
package io.culex.config.felix;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** Felix with its configuration admin and its components, as Karaf runs them, in this JVM. */
public final class RealFramework {
    private static final String SHARED = "org.osgi.service.cm;version=1.6.1,org.osgi.service.component;version=1.5,"
            + "org.osgi.service.component.runtime;version=1.5,org.osgi.service.component.runtime.dto;version=1.5,"
            + "org.osgi.dto;version=1.1,org.osgi.util.promise;version=1.3,org.osgi.util.function;version=1.2,"
            + "io.culex.api.auth,io.culex.api.message,io.culex.config.felix";

    private final Framework framework;

    public RealFramework(Path cache) throws BundleException {
        Map<String, String> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SHARED);
        settings.put("felix.log.level", "0");
        settings.put("ds.loglevel", "0");
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(settings);
        framework.start();
        install("org.apache.felix.cm.impl.ConfigurationManager");
        install("org.apache.felix.scr.impl.Activator");
    }

    private void install(String typeInside) throws BundleException {
        try {
            String jar =
                    String.valueOf(Class.forName(typeInside, false, getClass().getClassLoader())
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation());
            context().installBundle(jar).start();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    public BundleContext context() {
        return framework.getBundleContext();
    }

    public ConfigurationAdmin configurations() {
        return service(ConfigurationAdmin.class);
    }

    public ServiceComponentRuntime components() {
        return service(ServiceComponentRuntime.class);
    }

    private <T> T service(Class<T> type) {
        ServiceReference<T> reference = Objects.requireNonNull(context().getServiceReference(type));
        return Objects.requireNonNull(context().getService(reference));
    }

    /** A bundle with one component of {@link StrictPlugin} for the factory PID. */
    public Bundle installPlugin(String name, String pid, String attributes) throws BundleException {
        return installPlugin(name, pid, attributes, "");
    }

    public Bundle installPlugin(String name, String pid, String attributes, String references) throws BundleException {
        byte[] jar = plugin(name, Map.of(), component(name, pid, attributes, references));
        Bundle bundle = context().installBundle("test:" + name, new ByteArrayInputStream(jar));
        bundle.start();
        return bundle;
    }

    /** A bundle with two components. */
    public Bundle installTwo(String first, String second) throws BundleException {
        String both = "<components>" + first + second + "</components>";
        Bundle bundle = context().installBundle("test:two", new ByteArrayInputStream(plugin("two", Map.of(), both)));
        bundle.start();
        return bundle;
    }

    /** The description of a component of {@link StrictPlugin}. */
    public static String component(String name, String pid, String attributes, String references) {
        return """
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%1$s" init="1"
                    configuration-policy="require" configuration-pid="%2$s" %3$s>
                  <implementation class="%4$s"/>
                  <service><provide interface="io.culex.api.auth.Authorizer"/></service>
                  %5$s
                </scr:component>
                """
                .formatted(name, pid, attributes, StrictPlugin.class.getName(), references);
    }

    /** The jar of a plugin, the same bytes at any time: its location holds their hash. */
    public static byte[] plugin(String name, Map<String, String> more, String component) {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        headers.putValue(Constants.IMPORT_PACKAGE, "io.culex.api.auth,io.culex.api.message,io.culex.config.felix");
        headers.putValue("Service-Component", "OSGI-INF/plugin.xml");
        headers.putValue(
                Constants.REQUIRE_CAPABILITY,
                "osgi.extender;filter:=\"(&(osgi.extender=osgi.component)(version>=1.4)(!(version>=2)))\"");
        more.forEach(headers::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            jar.putNextEntry(timeless(JarFile.MANIFEST_NAME));
            manifest.write(jar);
            jar.putNextEntry(timeless("OSGI-INF/plugin.xml"));
            jar.write(component.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static JarEntry timeless(String name) {
        JarEntry entry = new JarEntry(name);
        entry.setTimeLocal(LocalDateTime.of(2000, 1, 1, 0, 0));
        return entry;
    }

    public void close() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }
}
