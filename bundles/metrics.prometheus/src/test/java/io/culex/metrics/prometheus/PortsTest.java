// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.BrokerSettings;
import io.culex.api.config.Generation;
import io.culex.metrics.export.OptionException;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.RecordedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exporters of several plugins; the second one for one address, or for all. */
class PortsTest {
    private final Ports ports = new Ports();
    private final RecordedLog log = new RecordedLog();
    private final List<PrometheusExporter> exporters = new ArrayList<>();
    private final int port = io.culex.testkit.Ports.free();

    @AfterEach
    void close() {
        exporters.forEach(PrometheusExporter::close);
    }

    private PrometheusExporter exporter(String plugin, long generation, String address) throws OptionException {
        PrometheusExporter made = new PrometheusExporter(
                TestConfig.of(Map.of("bind_address", address, "port", String.valueOf(port))),
                Map.of("culex.plugin", plugin, "culex.generation", generation, "culex.origin", "config:run"),
                ports);
        made.bindLog(log);
        exporters.add(made);
        return made;
    }

    private static Generation generation(long number, Map<String, Long> plugins) {
        return new Generation(number, "run", BrokerSettings.DEFAULTS, List.of()).with(plugins);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", ""})
    void twoPluginsOfOneConfigurationMayNotHaveTheSame(String address) throws Exception {
        exporter("open", 1, "127.0.0.1");
        OptionException refused = assertThrows(OptionException.class, () -> exporter("locked", 1, address));
        assertEquals(
                "prometheus: Error: The plugins open and locked have the same port " + port + ".",
                refused.getMessage());
        exporters.remove(0).close();
        exporter("locked", 1, address).commit(generation(1, Map.of("locked", 1L)));
        assertTrue(BrokerProcess.accepts(port), "what was refused has left nothing behind");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", ""})
    void aPluginThatComesToTheOneOfAnotherThatStaysIsNamed(String address) throws Exception {
        exporter("open", 1, "127.0.0.1").commit(generation(1, Map.of("open", 1L)));
        exporter("locked", 2, address).commit(generation(2, Map.of("open", 1L, "locked", 2L)));
        assertEquals(
                List.of("ERROR prometheus: Error: The plugins open and locked have the same port " + port
                        + "; only open answers there."),
                log.lines());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", ""})
    void aPluginMayTakeOverThatOfAnotherThatGoes(String address) throws Exception {
        exporter("before", 1, "127.0.0.1").commit(generation(1, Map.of("before", 1L)));
        exporter("after", 2, address).commit(generation(2, Map.of("after", 2L)));
        exporters.remove(0).close();
        assertTrue(BrokerProcess.accepts(port));
        assertEquals(List.of(), log.lines());
    }
}
