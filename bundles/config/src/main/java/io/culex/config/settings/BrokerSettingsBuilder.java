// SPDX-License-Identifier: Apache-2.0
package io.culex.config.settings;

import io.culex.api.config.BrokerSettings;
import io.culex.api.config.LogSettings;
import io.culex.config.file.Section;
import java.time.Duration;

/** The options of the whole broker. */
final class BrokerSettingsBuilder {
    private final Section global;

    BrokerSettingsBuilder(Section global) {
        this.global = global;
    }

    BrokerSettings build(LogSettings log, boolean persistent) {
        return new BrokerSettings(
                limits(),
                sessions(),
                retain(),
                seconds("sys_interval"),
                global.flag("enable_control_api"),
                persistent,
                log);
    }

    private BrokerSettings.Limits limits() {
        return new BrokerSettings.Limits(
                global.integer("max_inflight_messages"),
                global.number("max_inflight_bytes"),
                global.integer("max_queued_messages"),
                global.number("max_queued_bytes"),
                global.integer("max_packet_size"),
                global.integer("message_size_limit"),
                global.number("memory_limit"),
                global.integer("global_max_clients"),
                global.integer("global_max_connections"));
    }

    private BrokerSettings.Sessions sessions() {
        boolean expires = global.has("persistent_client_expiration");
        return new BrokerSettings.Sessions(
                global.flag("allow_duplicate_messages"),
                seconds("max_keepalive"),
                expires ? seconds("persistent_client_expiration") : Duration.ZERO,
                global.flag("queue_qos0_messages"),
                global.flag("upgrade_outgoing_qos"),
                seconds("connect_timeout"),
                seconds("plugin_swap_timeout"));
    }

    private BrokerSettings.Retain retain() {
        Duration sweep = global.has("retain_expiry_interval")
                ? Duration.ofMinutes(global.number("retain_expiry_interval"))
                : Duration.ZERO;
        return new BrokerSettings.Retain(global.flag("retain_available"), sweep, global.flag("check_retain_source"));
    }

    private Duration seconds(String option) {
        return Duration.ofSeconds(global.number(option));
    }
}
