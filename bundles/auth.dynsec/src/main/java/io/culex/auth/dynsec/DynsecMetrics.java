// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/** The metrics of one plugin; each has the label {@code plugin}, for there may be several. */
final class DynsecMetrics {
    private static final String PREFIX = "dynsec_";
    private static final List<String> LABELS = List.of("plugin");

    private final String plugin;
    private final List<Metric> metrics = new ArrayList<>();

    DynsecMetrics(String plugin) {
        this.plugin = plugin;
    }

    DynsecMetrics of(LiveFile file) {
        gauge(
                "file_broken",
                "1 while the file cannot be used, so that nobody can log in.",
                () -> file.state().broken() == null ? 0 : 1);
        counter("file_failures", "Times that the file could not be read or written.", file::failures);
        gauge("change_index", "The change index of the configuration.", () -> file.state()
                .configuration()
                .changeIndex());
        gauge(
                "clients",
                "Clients in the configuration.",
                () -> file.state().configuration().clients().size());
        gauge(
                "groups",
                "Groups in the configuration.",
                () -> file.state().configuration().groups().size());
        gauge(
                "roles",
                "Roles in the configuration.",
                () -> file.state().configuration().roles().size());
        counter("commands", "Commands that were carried out.", file.requests()::carriedOut);
        counter("commands_refused", "Commands that were refused.", file.requests()::refused);
        return this;
    }

    DynsecMetrics of(Logins logins) {
        gauge("waiting", "Logins that wait for their password to be hashed.", logins::waiting);
        counter("checks", "Passwords that were hashed.", logins::checks);
        counter("cache_hits", "Passwords that need not be hashed again.", logins::hits);
        counter("refusals", "Logins that were refused.", logins::refusals);
        counter("busy", "Logins refused because too many came at once.", logins::busy);
        return this;
    }

    DynsecMetrics counter(String name, String help, DoubleSupplier value) {
        return add(name, MetricType.COUNTER, help, value);
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        add(name, MetricType.GAUGE, help, value);
    }

    List<Metric> all() {
        return List.copyOf(metrics);
    }

    private DynsecMetrics add(String name, MetricType type, String help, DoubleSupplier value) {
        metrics.add(new Metric(PREFIX + name, type, help, LABELS, samples -> samples.add(value.getAsDouble(), plugin)));
        return this;
    }
}
