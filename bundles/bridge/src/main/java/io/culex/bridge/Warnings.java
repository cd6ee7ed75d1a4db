// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.bridge.settings.BridgeSettings;

/** What a person should know of settings that can be used, and are probably not meant so. Stateless. */
final class Warnings {
    private Warnings() {}

    static void say(BridgeSettings settings, BrokerLog log) {
        String bridge = "Warning: Bridge " + settings.name();
        if (settings.lacksEncryption()) {
            log.log(
                    LogType.WARNING,
                    bridge + " connects to port 8883 without TLS: TLS is used only when one of bridge_cafile,"
                            + " bridge_capath, bridge_tls_use_os_certs or bridge_psk is given. User name and password go"
                            + " in plain text.");
        }
        if (Boolean.parseBoolean(settings.wire().stages().get("bridge_insecure"))) {
            log.log(LogType.WARNING, bridge + " using insecure mode: the name of the other broker is not checked.");
        }
    }
}
