// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.option;

import io.culex.cli.ctrl.outcome.FailedException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code scheme://[username[:password]@]host[:port][/path]}, where the scheme is mqtt, mqtts, ws or wss. The path is that of the
 * WebSocket's request; behind mqtt it means nothing.
 */
final class BrokerUrl {
    private static final String WEB_SOCKET_PATH = "/mqtt";

    private BrokerUrl() {}

    static void apply(Draft draft, String url) throws FailedException {
        int colon = url.indexOf("://");
        if (colon < 0) {
            throw Draft.wrong("Unsupported URL scheme.");
        }
        String scheme = url.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = url.substring(colon + 3);
        int slash = rest.indexOf('/');
        int port = authority(draft, slash < 0 ? rest : rest.substring(0, slash));
        String path = slash < 0 || slash == rest.length() - 1 ? WEB_SOCKET_PATH : rest.substring(slash);
        switch (scheme) {
            case "mqtt" -> draft.url(false, null, port);
            case "mqtts" -> draft.url(true, null, port);
            case "ws" -> draft.url(false, path, port);
            case "wss" -> draft.url(true, path, port);
            default -> throw Draft.wrong("Unsupported URL scheme.");
        }
    }

    /** Returns the port; -1: none is given. */
    private static int authority(Draft draft, String text) throws FailedException {
        int at = text.lastIndexOf('@');
        HostPort address = HostPort.parse(text.substring(at + 1));
        draft.host(address.host());
        if (at >= 0) {
            person(draft, text.substring(0, at));
        }
        return address.port();
    }

    private static void person(Draft draft, String text) throws FailedException {
        int colon = text.indexOf(':');
        String username = colon < 0 ? text : text.substring(0, colon);
        if (username.isEmpty()) {
            throw Draft.wrong("Empty username in URL.");
        }
        draft.login.url(username, colon < 0 ? null : text.substring(colon + 1));
    }

    /** The user whom a URL names, which was found to be right; null: it names nobody. */
    static @Nullable String person(String url) {
        int from = url.indexOf("://") + 3;
        int slash = url.indexOf('/', from);
        String authority = url.substring(from, slash < 0 ? url.length() : slash);
        int at = authority.lastIndexOf('@');
        int colon = authority.indexOf(':');
        return at < 0 ? null : authority.substring(0, colon >= 0 && colon < at ? colon : at);
    }

    /**
     * A host with its port.
     *
     * @param port -1: none is given
     */
    record HostPort(String host, int port) {
        /** An IPv6 address stands in brackets. */
        static HostPort parse(String text) throws FailedException {
            int colon = text.startsWith("[") ? text.indexOf(':', text.indexOf(']')) : text.indexOf(':');
            String host = colon < 0 ? text : text.substring(0, colon);
            if (host.startsWith("[") && host.endsWith("]")) {
                host = host.substring(1, host.length() - 1);
            }
            if (host.isEmpty()) {
                throw Draft.wrong("Empty host in URL.");
            }
            return new HostPort(host, colon < 0 ? -1 : port(text.substring(colon + 1)));
        }

        private static int port(String text) throws FailedException {
            if (text.isEmpty()) {
                throw Draft.wrong("Empty port in URL.");
            }
            if (text.matches("\\d{1,5}")) {
                int port = Integer.parseInt(text);
                if (port > 0 && port <= 65_535) {
                    return port;
                }
            }
            // A password with a slash ends up here: what is no number is not repeated.
            throw Draft.wrong(text.matches("\\d+") ? "Invalid port given: " + text : "Invalid port in URL.");
        }
    }
}
