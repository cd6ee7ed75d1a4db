// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.bridge.settings.Address;
import io.culex.bridge.settings.BridgeSettings;

/** What the log says of a bridge that has no connection. Stateless. */
final class Sentences {
    private Sentences() {}

    static String withoutSession(BridgeSettings settings, String clientId, Throwable failure) {
        return "Error: Bridge " + settings.name() + " cannot open its session " + clientId + ": "
                + failure.getMessage();
    }

    static String disconnected(BridgeSettings settings, Address address, String reason) {
        return "Bridge " + settings.name() + " disconnected from " + address + ": " + reason + ".";
    }

    static String unreachable(BridgeSettings settings, Address address, String reason) {
        return "Warning: Bridge " + settings.name() + " cannot connect to " + address + ": " + reason + ".";
    }

    /** In Mosquitto's words. */
    static String idle(String clientId) {
        return "Bridge connection " + clientId + " has exceeded idle timeout, disconnecting.";
    }
}
