// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.BrokerAdmin;
import io.culex.api.config.Running;
import io.culex.shell.print.Facts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.FrameworkUtil;

/** What runs, since when, and how much of it. */
final class InfoFacts {
    private InfoFacts() {}

    static Facts of(Readings now, @Nullable Running generation, int listeners) {
        return new Facts()
                .add("version", FrameworkUtil.getBundle(BrokerAdmin.class).getVersion())
                .add("state", generation == null ? "not running" : "running")
                .add("uptime", Duration.ofSeconds((long) now.value("uptime")))
                .add("generation", generation == null ? 0 : generation.generation())
                .add("configured", generation == null ? null : generation.since())
                .add("configuration_is_as_in_the_files", now.value("config_state") == 1)
                .add("listeners", listeners)
                .add("connections", now.value("clients_online"))
                .add("sessions", now.value("sessions"))
                .add("subscriptions", now.value("subscriptions") + now.value("shared_subscriptions"))
                .add("retained_messages", now.value("retained_messages"))
                .add("queued_messages", now.value("queued_messages"))
                .add("publish_received", now.value("mqtt_publish_received"))
                .add("publish_sent", now.value("mqtt_publish_sent"))
                .add("publish_dropped", now.value("mqtt_publish_dropped"))
                .add("heap_bytes", now.value("heap_current"));
    }
}
