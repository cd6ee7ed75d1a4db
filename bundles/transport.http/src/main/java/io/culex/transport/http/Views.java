// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.culex.api.config.ListenerSettings;
import io.culex.api.config.Running;
import io.culex.api.metrics.SysValues;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the broker says of itself, by path (SPEC H.7). Any thread. */
final class Views {
    private final String version;
    private final AtomicReference<@Nullable Running> running = new AtomicReference<>();
    private final AtomicReference<@Nullable SysValues> sys = new AtomicReference<>();

    /** One of them as it is sent. */
    record View(String type, String text) {}

    Views(String version) {
        this.version = version;
    }

    void use(Running service) {
        running.set(service);
    }

    void drop(Running service) {
        running.compareAndSet(service, null);
    }

    void use(SysValues service) {
        sys.set(service);
    }

    void drop(SysValues service) {
        sys.compareAndSet(service, null);
    }

    /** The view at a path; empty when there is none. */
    Optional<View> at(String path) {
        return switch (path) {
            case "/api/v1/version" -> Optional.of(new View("text/plain; charset=utf-8", version));
            case "/api/v1/listeners" -> Optional.of(json(listeners()));
            case "/api/v1/systree" -> Optional.of(json(systree()));
            default -> Optional.empty();
        };
    }

    private static View json(JsonObject body) {
        return new View("application/json", body.toString());
    }

    private JsonObject listeners() {
        Running now = running.get();
        JsonArray list = new JsonArray();
        if (now != null) {
            now.listeners().forEach(listener -> list.add(listener(listener)));
        }
        JsonObject body = new JsonObject();
        body.add("listeners", list);
        return body;
    }

    private static JsonObject listener(ListenerSettings listener) {
        JsonObject one = new JsonObject();
        String path = listener.binding().unixPath();
        if (path == null) {
            one.addProperty("port", listener.binding().port());
        } else {
            one.addProperty("path", path);
        }
        one.addProperty("protocol", listener.protocol().equals("http_api") ? "httpapi" : listener.protocol());
        one.addProperty(
                "tls",
                listener.stages().containsKey("certfile") || listener.stages().containsKey("psk_hint"));
        one.addProperty("mtls", listener.stages().containsKey("require_certificate"));
        one.addProperty("allow_anonymous", listener.access().allowAnonymous());
        return one;
    }

    private JsonObject systree() {
        JsonObject body = new JsonObject();
        SysValues now = sys.get();
        if (now != null) {
            now.values().forEach(body::addProperty);
        }
        return body;
    }
}
