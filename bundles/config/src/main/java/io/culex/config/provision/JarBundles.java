// SPDX-License-Identifier: Apache-2.0
package io.culex.config.provision;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.GenerationRefusedException.Kind;
import io.culex.api.log.LogType;
import io.culex.config.plugin.PluginJar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The bundles of plugin lines that name jars. The location says path and contents, so that a changed file is another bundle,
 * which stands beside the old one until the generation that uses it is in force. On the admin thread only.
 */
public final class JarBundles {
    private static final String LOCATION = "culex-plugin:";

    private final BundleContext context;
    private final BiConsumer<LogType, String> log;

    /** Those that are installed in that framework. */
    public JarBundles(BundleContext context, BiConsumer<LogType, String> log) {
        this.context = context;
        this.log = log;
    }

    /** Where the bundle of the jar is, and where its configuration is bound to. */
    static String location(PluginJar jar) {
        return LOCATION + jar.path() + "#" + jar.hash();
    }

    /** The file that the bundle of a plugin line came from. */
    public static Path path(Bundle bundle) {
        String location = bundle.getLocation();
        return Path.of(location.substring(LOCATION.length(), location.lastIndexOf('#')));
    }

    /** Whether the bundle came by a plugin line. */
    public static boolean isOurs(Bundle bundle) {
        return bundle.getLocation().startsWith(LOCATION);
    }

    /** Whether the jar's bundle is there. */
    boolean holds(PluginJar jar) {
        return find(location(jar)) != null;
    }

    /**
     * Installs and starts the jar's bundle unless it is there.
     *
     * @throws GenerationRefusedException when it must not or cannot be: nothing is left of it
     */
    void provide(PluginJar jar) throws GenerationRefusedException {
        if (holds(jar)) {
            return;
        }
        try {
            byte[] bytes = Files.readAllBytes(jar.path());
            check(jar, bytes);
            Bundle bundle = context.installBundle(location(jar), new ByteArrayInputStream(bytes));
            start(bundle);
        } catch (IOException e) {
            throw refused(Kind.SYSTEM, jar, Objects.toString(e.getMessage()), e);
        } catch (BundleException e) {
            remove(Set.of(location(jar)));
            throw refused(Kind.CONFIGURATION, jar, Objects.toString(e.getMessage()), e);
        }
    }

    private void check(PluginJar jar, byte[] bytes) throws IOException, GenerationRefusedException {
        Hashtable<String, String> headers = new Hashtable<>();
        try (InputStream in = new ByteArrayInputStream(bytes);
                JarInputStream open = new JarInputStream(in)) {
            Manifest manifest = open.getManifest();
            if (manifest != null) {
                manifest.getMainAttributes().forEach((name, value) -> headers.put(name.toString(), value.toString()));
            }
        }
        List<Bundle> base = Arrays.stream(context.getBundles())
                .filter(bundle -> !isOurs(bundle))
                .toList();
        String refusal = JarCheck.refusal(headers, base);
        if (refusal != null) {
            throw refused(Kind.CONFIGURATION, jar, refusal, null);
        }
    }

    /** Not persistently: after a restart of the framework nothing of it runs before a generation asks for it. */
    private void start(Bundle bundle) throws BundleException {
        BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
        BundleStartLevel own = context.getBundle().adapt(BundleStartLevel.class);
        if (level != null && own != null && own.getStartLevel() > 0) {
            level.setStartLevel(own.getStartLevel());
        }
        bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
    }

    private @Nullable Bundle find(String location) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getLocation().equals(location))
                .findFirst()
                .orElse(null);
    }

    /** Removes every jar's bundle but those at these locations. */
    void keepOnly(Set<String> locations) {
        uninstall(Arrays.stream(context.getBundles())
                .filter(bundle -> isOurs(bundle) && !locations.contains(bundle.getLocation()))
                .toList());
    }

    /** Removes the bundles at these locations. */
    void remove(Set<String> locations) {
        uninstall(Arrays.stream(context.getBundles())
                .filter(bundle -> locations.contains(bundle.getLocation()))
                .toList());
    }

    private void uninstall(List<Bundle> bundles) {
        List<Bundle> gone = new ArrayList<>();
        for (Bundle bundle : bundles) {
            try {
                bundle.uninstall();
                gone.add(bundle);
            } catch (BundleException e) {
                log.accept(
                        LogType.ERROR, "Error: " + bundle.getSymbolicName() + " cannot be removed: " + e.getMessage());
            }
        }
        FrameworkWiring wiring = context.getBundle(0).adapt(FrameworkWiring.class);
        if (wiring != null && !gone.isEmpty()) {
            // Exactly these: the check before the installation keeps everything else from being wired to them.
            wiring.refreshBundles(gone);
        }
    }

    private static GenerationRefusedException refused(
            Kind kind, PluginJar jar, String reason, @Nullable Exception cause) {
        String text =
                "Error: Unable to load plugin '" + jar.path() + "': " + reason + (reason.endsWith(".") ? "" : ".");
        return cause == null
                ? new GenerationRefusedException(kind, text)
                : new GenerationRefusedException(kind, text, cause);
    }
}
