// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.metrics.Histogram;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import io.culex.api.metrics.MetricsSource;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class MetricsCommandTest {
    private static final MetricsSource GOOD = () -> List.of(
            Metric.single("sessions", MetricType.GAUGE, "Sessions.", () -> 4),
            new Metric("users", MetricType.GAUGE, "Users.", List.of("plugin", "listener"), samples -> {
                samples.add(2, "a", "x");
                samples.add(3, "b", "y");
            }));

    private static final MetricsSource UNREADABLE =
            () -> List.of(Metric.single("broken", MetricType.GAUGE, "Broken.", () -> {
                throw new NoClassDefFoundError("of a bundle that is being exchanged");
            }));

    private static final MetricsSource WITHOUT_A_LIST = () -> {
        throw new IllegalStateException("of the test");
    };

    private static List<String> rows(MetricsSource... sources) throws ReflectiveOperationException {
        MetricsCommand command = Given.to(new MetricsCommand(), Map.of("sources", List.of(sources)));
        return StreamSupport.stream(command.listing().toJson().spliterator(), false)
                .map(row -> row.getAsJsonObject().get("name").getAsString() + "{"
                        + row.getAsJsonObject().get("labels").getAsString() + "} "
                        + row.getAsJsonObject().get("value").getAsDouble())
                .toList();
    }

    @Test
    void whatFailsTakesNothingElseAway() throws Exception {
        assertEquals(
                List.of("sessions{} 4.0", "users{plugin=a listener=x} 2.0", "users{plugin=b listener=y} 3.0"),
                rows(UNREADABLE, GOOD, WITHOUT_A_LIST));
    }

    @Test
    void aDistributionIsHowManyValuesThereAreAndTheirSum() throws Exception {
        Histogram histogram = new Histogram(1, 2);
        histogram.record(1);
        histogram.record(4.5);
        assertEquals(
                List.of("waiting_count{} 2.0", "waiting_sum{} 5.5"),
                rows(() -> List.of(Metric.histogram("waiting", "Waiting.", histogram::read))));
    }

    @Test
    void theOldAndTheNewInstanceOfAPluginAreOneRow() throws Exception {
        assertEquals(
                List.of("sessions{} 4.0"),
                rows(
                        () -> List.of(Metric.single("sessions", MetricType.GAUGE, "Old.", () -> 4)),
                        () -> List.of(Metric.single("sessions", MetricType.GAUGE, "New.", () -> 5))));
    }

    @Test
    void whoAsksForNumbersOnlyIsNotHarmedEither() {
        Readings readings = Readings.of(List.of(UNREADABLE, WITHOUT_A_LIST, GOOD));
        assertEquals(4, readings.value("sessions"));
        assertEquals(5, readings.value("users"), "summed up over the labels");
        assertEquals(0, readings.value("broken"));
    }
}
