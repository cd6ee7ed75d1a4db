// SPDX-License-Identifier: Apache-2.0
package io.culex.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.BrokerSettings;
import io.culex.api.config.Generation;
import io.culex.api.process.UnixDatagrams;
import io.culex.testkit.RecordedLog;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemdTest {
    private static final Generation GENERATION = new Generation(1, "test", BrokerSettings.DEFAULTS, List.of());

    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
    private final UnixDatagrams datagrams =
            (path, datagram) -> sent.add(path + " " + new String(datagram, StandardCharsets.UTF_8));
    private boolean frameworkStops;
    private @Nullable Systemd systemd;

    @AfterEach
    void close() {
        if (systemd != null) {
            systemd.close();
        }
    }

    @Test
    void isReadyWhenTheFirstGenerationIsInForce() {
        Systemd state = with(Map.of("NOTIFY_SOCKET", "/run/n"));
        state.prepare(GENERATION);
        assertEquals(List.of(), List.copyOf(sent));
        state.commit(GENERATION);
        assertEquals(List.of("/run/n READY=1"), List.copyOf(sent));
    }

    @Test
    void tellsOfAReloadWithTheTimeItBegan() throws InterruptedException {
        Systemd state = ready(Map.of("NOTIFY_SOCKET", "/run/n"));
        long before = System.nanoTime() / 1000;
        state.changeBegins();
        String reloading = sent.take();
        assertTrue(reloading.startsWith("/run/n RELOADING=1\nMONOTONIC_USEC="), reloading);
        long told = Long.parseLong(reloading.substring(reloading.lastIndexOf('=') + 1));
        assertTrue(told >= before && told <= System.nanoTime() / 1000, reloading);

        state.changeEnds();
        assertEquals("/run/n READY=1", sent.take());
    }

    @Test
    void isNotReadyByAFirstStartThatIsRefused() {
        Systemd state = with(Map.of("NOTIFY_SOCKET", "/run/n"));
        state.changeBegins();
        state.prepare(GENERATION);
        state.abort(GENERATION);
        state.changeEnds();
        assertEquals(List.of(), List.copyOf(sent));
    }

    @Test
    void tellsOfTheStopOnceAndThenNothing() {
        Systemd state = ready(Map.of("NOTIFY_SOCKET", "@n"));
        state.stopping();
        state.changeBegins();
        state.commit(GENERATION);
        state.changeEnds();
        state.close();
        assertEquals(List.of("@n STOPPING=1"), List.copyOf(sent));
    }

    @Test
    void isNotStoppingWhenOnlyTheComponentGoes() {
        ready(Map.of("NOTIFY_SOCKET", "/run/n")).close();
        assertEquals(List.of(), List.copyOf(sent));
    }

    @Test
    void tellsOfAStopOfTheFramework() {
        Systemd state = ready(Map.of("NOTIFY_SOCKET", "/run/n"));
        frameworkStops = true;
        state.close();
        assertEquals(List.of("/run/n STOPPING=1"), List.copyOf(sent));
    }

    @Test
    void saysWhatItOwesWhenDatagramsAreBackAndOnlyTheLastOfIt() {
        Systemd state = ready(Map.of("NOTIFY_SOCKET", "/run/n"));
        state.unbindDatagrams(datagrams);
        state.changeBegins();
        state.prepare(GENERATION);
        state.commit(GENERATION);
        state.changeEnds();
        assertEquals(List.of(), List.copyOf(sent));
        state.bindDatagrams(datagrams);
        assertEquals(List.of("/run/n READY=1"), List.copyOf(sent));
    }

    @ParameterizedTest
    @ValueSource(classes = {Systemd.class, Signals.class})
    void staysWhileOtherServicesAreExchanged(Class<?> component) throws Exception {
        String name = "/OSGI-INF/" + component.getName() + ".xml";
        try (InputStream in = Objects.requireNonNull(component.getResourceAsStream(name), name)) {
            String xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<String> references = xml.lines()
                    .filter(line -> line.contains("<reference "))
                    .filter(line -> !line.contains("policy=\"dynamic\"") || !line.contains("cardinality=\"0..1\""))
                    .toList();
            assertEquals(List.of(), references);
            assertTrue(xml.contains("io.culex.api.log.BrokerLog"), xml);
        }
    }

    @Test
    void feedsTheWatchdog() throws InterruptedException {
        ready(Map.of("NOTIFY_SOCKET", "/run/n", "WATCHDOG_USEC", "20000"));
        assertEquals("/run/n WATCHDOG=1", sent.poll(10, TimeUnit.SECONDS));
        assertEquals("/run/n WATCHDOG=1", sent.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void leavesTheWatchdogOfAnotherProcessAlone() throws InterruptedException {
        ready(Map.of("NOTIFY_SOCKET", "/run/n", "WATCHDOG_USEC", "1000", "WATCHDOG_PID", "1"));
        assertEquals(null, sent.poll(50, TimeUnit.MILLISECONDS));
    }

    @Test
    void isSilentWithoutAServiceManager() {
        Systemd state = ready(Map.of("WATCHDOG_USEC", "20000"));
        state.stopping();
        assertEquals(List.of(), List.copyOf(sent));
    }

    private Systemd ready(Map<String, String> environment) {
        Systemd state = with(environment);
        state.prepare(GENERATION);
        state.commit(GENERATION);
        sent.clear();
        return state;
    }

    private Systemd with(Map<String, String> environment) {
        systemd = new Systemd(environment, () -> frameworkStops);
        systemd.bindDatagrams(datagrams);
        systemd.bindLog(new RecordedLog());
        return systemd;
    }
}
