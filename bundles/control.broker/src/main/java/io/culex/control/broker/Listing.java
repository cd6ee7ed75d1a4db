// SPDX-License-Identifier: Apache-2.0
package io.culex.control.broker;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.culex.api.config.Generation;
import io.culex.api.config.ListenerSettings;
import io.culex.api.control.ControlTopic;
import java.util.Map;
import java.util.TreeSet;

/** What there is, in the form of SPEC D.5. */
final class Listing {
    private static final String THEIR_PREFIX = "mosquitto_";

    /** How the configuration names what it makes of a {@code connection}: no plugin to anyone. */
    private static final String BRIDGE = "connection ";

    private final Generation generation;
    private final Map<ControlTopic, String> topics;

    /**
     * Of a generation.
     *
     * @param topics of plugins, with the names of the plugins
     */
    Listing(Generation generation, Map<ControlTopic, String> topics) {
        this.generation = generation;
        this.topics = topics;
    }

    JsonObject plugins() {
        JsonArray plugins = new JsonArray();
        for (String name : new TreeSet<>(generation.plugins().keySet())) {
            if (name.startsWith(BRIDGE)) {
                continue;
            }
            JsonObject plugin = new JsonObject();
            plugin.addProperty("name", shown(name));
            JsonArray endpoints = new JsonArray();
            topics.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(name))
                    .map(entry -> entry.getKey().topic())
                    .distinct()
                    .forEach(endpoints::add);
            if (!endpoints.isEmpty()) {
                plugin.add("control-endpoints", endpoints);
            }
            plugins.add(plugin);
        }
        JsonObject data = new JsonObject();
        data.add("plugins", plugins);
        return data;
    }

    /** A plugin of Mosquitto's is called as it calls itself there: {@code dynamic-security}. */
    private static String shown(String name) {
        return name.startsWith(THEIR_PREFIX)
                ? name.substring(THEIR_PREFIX.length()).replace('_', '-')
                : name;
    }

    JsonObject listeners() {
        JsonArray listeners = new JsonArray();
        generation.listeners().forEach(listener -> listeners.add(listener(listener)));
        JsonObject data = new JsonObject();
        data.add("listeners", listeners);
        return data;
    }

    private static JsonObject listener(ListenerSettings settings) {
        JsonObject listener = new JsonObject();
        listener.addProperty("port", settings.binding().port());
        switch (settings.protocol()) {
            case "mqtt" -> listener.addProperty("protocol", "mqtt");
            case "websockets" -> listener.addProperty("protocol", "mqtt+websockets");
            default -> {
                // The others have no name there.
            }
        }
        String host = settings.binding().host();
        if (host != null) {
            listener.addProperty("bind-address", host);
        }
        String path = settings.binding().unixPath();
        if (path != null) {
            listener.addProperty("socket-path", path);
        }
        Map<String, String> stages = settings.stages();
        listener.addProperty("tls", stages.containsKey("certfile") || stages.containsKey("psk_hint"));
        return listener;
    }
}
