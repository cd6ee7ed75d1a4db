// SPDX-License-Identifier: Apache-2.0
package io.culex.api.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as people and log scripts expect them: IPv6 in its short form (RFC 5952), without a scope. */
public final class AddressText {
    private static final Pattern ZEROS = Pattern.compile("(^|:)0(:0)+(:|$)");

    private AddressText() {}

    /** The text of an address, for example {@code 192.0.2.7} or {@code 2001:db8::1}. */
    public static String of(InetAddress address) {
        String text = address.getHostAddress();
        if (!(address instanceof Inet6Address)) {
            return text;
        }
        int scope = text.indexOf('%');
        String full = scope < 0 ? text : text.substring(0, scope);
        Matcher zeros = ZEROS.matcher(full);
        String longest = "";
        int at = 0;
        for (int from = 0; zeros.find(from); from = zeros.end() - 1) {
            if (zeros.group().length() > longest.length()) {
                longest = zeros.group();
                at = zeros.start();
            }
            if (zeros.end() == full.length()) {
                break;
            }
        }
        return longest.isEmpty() ? full : full.substring(0, at) + "::" + full.substring(at + longest.length());
    }
}
