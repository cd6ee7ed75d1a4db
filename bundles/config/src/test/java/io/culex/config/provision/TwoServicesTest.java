// SPDX-License-Identifier: Apache-2.0
package io.culex.config.provision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.auth.Authorizer;
import io.culex.api.auth.PluginProperties;
import io.culex.config.felix.RealFramework;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceEvent;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** A plugin whose parts are several components: the component runtime makes them one after the other. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TwoServicesTest {
    private static final String PID = "io.culex.auth.strict";
    private static final String FIRST = RealFramework.component("first", PID, "", "");
    private static final String SECOND = RealFramework.component("second", PID, "", "");

    private final RealFramework framework;

    /** Opened when the framework has been looked at some times; until then the runtime does not come to the second component. */
    private final CountDownLatch looks = new CountDownLatch(20);

    TwoServicesTest(@TempDir Path cache) throws Exception {
        framework = new RealFramework(cache);
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    private FactoryConfigurations provisioner() {
        return new FactoryConfigurations(
                framework.configurations(),
                new Readiness(framework.context(), counted(), Duration.ofSeconds(10), (type, line) -> {}),
                new JarBundles(framework.context(), (type, line) -> {}),
                "run",
                (type, line) -> {});
    }

    private ServiceComponentRuntime counted() {
        ServiceComponentRuntime real = framework.components();
        return (ServiceComponentRuntime) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ServiceComponentRuntime.class},
                (proxy, method, values) -> {
                    looks.countDown();
                    try {
                        return method.invoke(real, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** The runtime's thread stands in the registration of the first service. */
    private void holdUpTheFirst() throws Exception {
        framework
                .context()
                .addServiceListener(
                        event -> {
                            if (event.getType() == ServiceEvent.REGISTERED) {
                                try {
                                    looks.await(30, TimeUnit.SECONDS);
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            }
                        },
                        "(" + PluginProperties.NAME + "=mine)");
    }

    private int prepared(boolean fixed) throws Exception {
        Provision provision = new Provision(
                PID, "mine", Map.of(), Provision.Source.NONE, fixed ? Authorizer.class.getName() : null, fixed);
        try {
            provisioner().prepare(1, List.of(provision));
            return framework.context().getAllServiceReferences(Authorizer.class.getName(), null).length;
        } finally {
            while (looks.getCount() > 0) {
                looks.countDown();
            }
        }
    }

    @Test
    void isThereWithBothOnly() throws Exception {
        framework.installTwo(FIRST, SECOND);
        holdUpTheFirst();
        assertEquals(2, prepared(false));
    }

    @Test
    void aSecondThatIsNotEnabledIsNotWaitedFor() throws Exception {
        framework.installTwo(FIRST, RealFramework.component("second", PID, "enabled=\"false\"", ""));
        assertEquals(1, prepared(false));
    }

    @Test
    void aSecondThatIsNotConfiguredIsNotWaitedFor() throws Exception {
        String policy = "configuration-policy=";
        framework.installTwo(FIRST, SECOND.replace(policy + "\"require\"", policy + "\"ignore\""));
        assertEquals(2, prepared(false));
    }

    @Test
    void ofOneThatKeepsDataTheFirstIsEnough() throws Exception {
        framework.installTwo(FIRST, SECOND);
        holdUpTheFirst();
        assertEquals(1, prepared(true));
    }
}
