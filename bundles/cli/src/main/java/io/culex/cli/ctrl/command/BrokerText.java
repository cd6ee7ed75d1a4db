// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.culex.cli.ctrl.outcome.FailedException;
import java.util.ArrayList;
import java.util.List;

/** The lines that show answers of the module {@code broker}. Stateless. */
final class BrokerText {
    private static final int WIDTH = 19;

    private BrokerText() {}

    static List<String> plugins(JsonArray plugins) throws FailedException {
        List<String> lines = new ArrayList<>();
        for (JsonElement each : plugins) {
            if (each instanceof JsonObject plugin) {
                lines.add(AnswerText.pad("Plugin:", WIDTH) + AnswerText.text(plugin, "name"));
                line(lines, "Version:", plugin, "version");
                line(lines, "Port:", plugin, "port");
                String label = "Control endpoints:";
                if (plugin.get("control-endpoints") instanceof JsonArray endpoints) {
                    for (JsonElement endpoint : endpoints) {
                        lines.add(AnswerText.pad(label, WIDTH) + endpoint.getAsString());
                        label = "";
                    }
                }
            }
        }
        return lines;
    }

    static List<String> listeners(JsonArray listeners) throws FailedException {
        List<String> lines = new ArrayList<>();
        int number = 0;
        for (JsonElement each : listeners) {
            if (each instanceof JsonObject listener) {
                number++;
                lines.add("Listener " + number + ":");
                line(lines, "  Port:", listener, "port");
                line(lines, "  Protocol:", listener, "protocol");
                line(lines, "  Socket path:", listener, "socket-path");
                line(lines, "  Bind address:", listener, "bind-address");
                line(lines, "  TLS:", listener, "tls");
                lines.add("");
            }
        }
        return lines;
    }

    private static void line(List<String> lines, String label, JsonObject of, String member) throws FailedException {
        if (of.has(member)) {
            lines.add(AnswerText.pad(label, label.startsWith(" ") ? WIDTH + 2 : WIDTH) + AnswerText.text(of, member));
        }
    }
}
