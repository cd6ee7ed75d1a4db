// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.option;

import io.culex.cli.ctrl.outcome.FailedException;

/** {@code socks5h://[username[:password]@]host[:port]}; in both names %25, %3A and %40 stand for %, : and @. */
final class ProxyUrl {
    private static final String SCHEME = "socks5h://";
    private static final int DEFAULT_PORT = 1080;
    private static final int LONGEST = 255;

    private ProxyUrl() {}

    static Options.Proxy parse(String url) throws FailedException {
        if (!url.startsWith(SCHEME)) {
            throw Draft.wrong("Unsupported proxy protocol: " + withoutPerson(url));
        }
        String rest = url.substring(SCHEME.length());
        int at = rest.lastIndexOf('@');
        BrokerUrl.HostPort address = BrokerUrl.HostPort.parse(rest.substring(at + 1));
        int port = address.port() < 0 ? DEFAULT_PORT : address.port();
        if (at < 0) {
            return new Options.Proxy(address.host(), port, null, "");
        }
        String person = rest.substring(0, at);
        int colon = person.indexOf(':');
        String username = decode("username", colon < 0 ? person : person.substring(0, colon));
        if (username.isEmpty()) {
            throw Draft.wrong("Invalid proxy.");
        }
        return new Options.Proxy(
                address.host(), port, username, colon < 0 ? "" : decode("password", person.substring(colon + 1)));
    }

    private static String withoutPerson(String url) {
        int from = url.indexOf("//") + 2;
        int at = url.lastIndexOf('@');
        return from < 2 ? url.substring(at + 1) : url.substring(0, from) + url.substring(Math.max(from, at + 1));
    }

    private static String decode(String what, String text) throws FailedException {
        StringBuilder decoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '%') {
                decoded.append(text.charAt(i));
                continue;
            }
            String code = text.length() < i + 3 ? "" : text.substring(i + 1, i + 3);
            decoded.append(
                    switch (code) {
                        case "25" -> '%';
                        case "3A", "3a" -> ':';
                        case "40" -> '@';
                        default -> throw Draft.wrong("Invalid URL encoding in " + what + ".");
                    });
            i += 2;
        }
        if (decoded.length() > LONGEST) {
            throw Draft.wrong("The proxy's " + what + " is too long.");
        }
        return decoded.toString();
    }
}
