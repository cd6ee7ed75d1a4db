// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.admin.Operation;
import io.culex.auth.dynsec.model.ConfigurationFile;
import io.culex.auth.dynsec.model.InitialConfiguration;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The operations are services as long as a plugin has the file. */
class ConsoleTest {
    private final List<Operation> services = new ArrayList<>();

    /** Knows nothing but services that come and go. */
    private final BundleContext context = (BundleContext) Proxy.newProxyInstance(
            ConsoleTest.class.getClassLoader(), new Class<?>[] {BundleContext.class}, (proxy, method, arguments) -> {
                Operation operation = (Operation) arguments[1];
                services.add(operation);
                return Proxy.newProxyInstance(
                        ConsoleTest.class.getClassLoader(),
                        new Class<?>[] {ServiceRegistration.class},
                        (registration, unregister, none) -> {
                            services.remove(operation);
                            return null;
                        });
            });

    private Settings settings(Path folder, String name) throws Exception {
        Path file = folder.resolve(name);
        ConfigurationFile.write(file, InitialConfiguration.forAdmin("admin", LiveFile.hash("secret", 1)));
        try (Fixture fixture = new Fixture(folder)) {
            Settings given = fixture.settings();
            return new Settings("x", file, null, given.order(), true, 0, false, 1, given.hashing(), false);
        }
    }

    private long scoped(String scope) {
        return services.stream()
                .filter(operation -> operation.scope().equals(scope))
                .count();
    }

    @Test
    void operationsComeAndGoWithTheFile(@TempDir Path folder) throws Exception {
        LiveFiles files = new LiveFiles(name -> null, context);
        Settings one = settings(folder, "one.json");
        DynamicSecurity old = new DynamicSecurity(one, files, System::nanoTime);
        DynamicSecurity next = new DynamicSecurity(one, files, System::nanoTime);
        assertEquals(37, services.size());
        DynamicSecurity other = new DynamicSecurity(settings(folder, "two.json"), files, System::nanoTime);
        assertEquals(37, scoped("dynsec"));
        assertEquals(37, scoped("dynsec-two.json"));
        old.close();
        assertEquals(74, services.size());
        next.close();
        assertEquals(37, services.size());
        other.close();
        assertEquals(List.of(), services);
    }

    @Test
    void everyOperationIsDescribed(@TempDir Path folder) throws Exception {
        LiveFiles files = new LiveFiles(name -> null, context);
        DynamicSecurity plugin = new DynamicSecurity(settings(folder, "one.json"), files, System::nanoTime);
        for (Operation operation : services) {
            assertTrue(operation.name().matches("[a-z]+(-[a-z]+)*"), operation.name());
            assertTrue(operation.description().endsWith("."), operation.name());
        }
        plugin.close();
    }
}
