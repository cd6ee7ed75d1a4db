// SPDX-License-Identifier: Apache-2.0
package io.culex.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

class SecondStartTest {
    private static final String REFUSALS = "culex.test.refusals";

    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private Framework framework;

    /** In the bundle: does not start as often as the property says. */
    public static final class Reluctant implements BundleActivator {
        @Override
        public void start(BundleContext context) {
            int refusals = Integer.getInteger(REFUSALS);
            if (refusals > 0) {
                System.setProperty(REFUSALS, String.valueOf(refusals - 1));
                throw new IllegalStateException("not now");
            }
        }

        @Override
        public void stop(BundleContext context) {}
    }

    @BeforeEach
    void start(@TempDir Path folder) throws BundleException {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE, folder.toString(), Constants.FRAMEWORK_BEGINNING_STARTLEVEL, "5"));
        framework.init();
    }

    @AfterEach
    void stop() throws BundleException, InterruptedException {
        System.clearProperty(REFUSALS);
        framework.stop();
        framework.waitForStop(10_000);
    }

    private Bundle install(String name, int startLevel, Map<String, String> headers) throws Exception {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        attributes.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        attributes.putValue(Constants.IMPORT_PACKAGE, "org.osgi.framework");
        headers.forEach(attributes::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            add(jar, Reluctant.class);
        }
        Bundle bundle = framework.getBundleContext().installBundle(name, new ByteArrayInputStream(bytes.toByteArray()));
        bundle.adapt(BundleStartLevel.class).setStartLevel(startLevel);
        return bundle;
    }

    private static void add(JarOutputStream jar, Class<?> type) throws IOException {
        String file = type.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(file));
        try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
            assertNotNull(in);
            in.transferTo(jar);
        }
    }

    private CompletableFuture<Bundle> started(Bundle wanted) {
        CompletableFuture<Bundle> started = new CompletableFuture<>();
        framework.getBundleContext().addBundleListener((SynchronousBundleListener) event -> {
            if (event.getType() == BundleEvent.STARTED && event.getBundle().equals(wanted)) {
                started.complete(wanted);
            }
        });
        return started;
    }

    @Test
    void aBundleThatCouldNotStartInItsTurnIsStartedAgain() throws Exception {
        System.setProperty(REFUSALS, "1");
        Bundle bundle = install("late", 3, Map.of(Constants.BUNDLE_ACTIVATOR, Reluctant.class.getName()));
        bundle.start();
        CompletableFuture<Bundle> started = started(bundle);
        framework.start();
        watch();
        started.get(10, TimeUnit.SECONDS);
        assertEquals("0", System.getProperty(REFUSALS));
        assertEquals("Notice: The bundle late was started again.", said.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void aBundleThatDoesNotStartThenEitherIsNamed() throws Exception {
        install("needy", 3, Map.of(Constants.IMPORT_PACKAGE, "not.there")).start();
        framework.start();
        watch();
        String line = String.valueOf(said.poll(10, TimeUnit.SECONDS));
        assertTrue(line.startsWith("Error: The bundle needy does not start: "), line);
        assertTrue(line.contains("not.there"), line);
    }

    /** The process would stay and serve nobody. */
    @Test
    void withoutABundleThatTheBrokerCannotDoWithoutItIsGivenUp() throws Exception {
        install("io.culex.core", 3, Map.of(Constants.IMPORT_PACKAGE, "not.there"))
                .start();
        framework.start();
        watch();
        assertTrue(String.valueOf(said.poll(10, TimeUnit.SECONDS)).startsWith("Error: The bundle io.culex.core does"));
        assertEquals("given up", said.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void aPluginThatDoesNotStartIsNoReasonToGiveUp() throws Exception {
        install("io.culex.bridge", 3, Map.of(Constants.IMPORT_PACKAGE, "not.there"))
                .start();
        System.setProperty(REFUSALS, "1");
        install("late", 4, Map.of(Constants.BUNDLE_ACTIVATOR, Reluctant.class.getName()))
                .start();
        framework.start();
        watch();
        assertTrue(String.valueOf(said.poll(10, TimeUnit.SECONDS)).startsWith("Error: The bundle io.culex.bridge "));
        assertEquals("Notice: The bundle late was started again.", said.poll(10, TimeUnit.SECONDS));
        framework.stop();
        framework.waitForStop(10_000);
        assertTrue(said.isEmpty(), said::toString);
    }

    private void watch() {
        SecondStart.watch(framework, 5, said::add, () -> said.add("given up"));
    }

    @Test
    void whatIsNotToBeStartedStaysAsItIs() throws Exception {
        System.setProperty(REFUSALS, "1");
        Bundle late = install("late", 3, Map.of(Constants.BUNDLE_ACTIVATOR, Reluctant.class.getName()));
        late.start();
        Bundle idle = install("idle", 3, Map.of());
        Bundle later = install("later", 9, Map.of());
        later.start();
        Bundle fragment = install("fragment", 3, Map.of(Constants.FRAGMENT_HOST, "late"));
        CompletableFuture<Bundle> started = started(late);
        SecondStart.watch(framework, 7, said::add, () -> said.add("given up"));
        framework.start();
        framework.adapt(FrameworkStartLevel.class).setStartLevel(7);
        started.get(10, TimeUnit.SECONDS);
        for (Bundle bundle : new Bundle[] {idle, later, fragment}) {
            assertTrue(bundle.getState() == Bundle.INSTALLED || bundle.getState() == Bundle.RESOLVED, bundle::toString);
        }
        assertEquals("Notice: The bundle late was started again.", said.poll(10, TimeUnit.SECONDS));
        assertTrue(said.isEmpty(), said::toString);
    }
}
