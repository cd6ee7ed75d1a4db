// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The data of an answer as lines for a person. */
final class JsonLines {
    private JsonLines() {}

    static List<String> of(JsonObject data) {
        List<String> lines = new ArrayList<>();
        if (data.size() == 1 && data.entrySet().iterator().next().getValue().isJsonObject()) {
            // {"client":{...}}: what it is was asked for.
            add(lines, "", data.entrySet().iterator().next().getValue().getAsJsonObject());
        } else {
            add(lines, "", data);
        }
        return lines;
    }

    private static void add(List<String> lines, String indent, JsonObject object) {
        for (Map.Entry<String, JsonElement> member : object.entrySet()) {
            JsonElement value = member.getValue();
            if (value.isJsonObject()) {
                lines.add(indent + member.getKey() + ":");
                add(lines, indent + "  ", value.getAsJsonObject());
            } else if (value.isJsonArray()) {
                add(lines, indent, member.getKey(), value.getAsJsonArray());
            } else {
                lines.add(indent + member.getKey() + ": " + value.getAsString());
            }
        }
    }

    private static void add(List<String> lines, String indent, String name, JsonArray array) {
        lines.add(indent + name + (array.isEmpty() ? ": none" : ":"));
        for (JsonElement element : array) {
            lines.add(indent + "  " + inOneLine(element));
        }
    }

    private static String inOneLine(JsonElement element) {
        if (element.isJsonArray()) {
            return element.getAsJsonArray().asList().stream()
                    .map(JsonLines::inOneLine)
                    .collect(Collectors.joining("; ", "[", "]"));
        }
        if (!element.isJsonObject()) {
            return element.getAsString();
        }
        return element.getAsJsonObject().entrySet().stream()
                .map(member -> member.getKey() + ": " + inOneLine(member.getValue()))
                .collect(Collectors.joining(", "));
    }
}
