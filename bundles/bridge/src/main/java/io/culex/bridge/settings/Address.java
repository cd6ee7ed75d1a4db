// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.settings;

/** Where a broker can be reached: a name or an IP address, which is resolved anew for each attempt, and a port. */
public record Address(String host, int port) {
    private static final int MAX_PORT = 65_535;

    /** Out of {@code host:port}; the last colon divides, brackets around an IPv6 address are taken off. */
    public static Address parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        String port = colon < 0 ? "1883" : text.substring(colon + 1);
        if (host.isEmpty() || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > MAX_PORT || port.equals("0")) {
            throw new IllegalArgumentException("Error: Invalid bridge address '" + text + "'.");
        }
        return new Address(host, Integer.parseInt(port));
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
