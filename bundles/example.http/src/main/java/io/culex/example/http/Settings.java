// SPDX-License-Identifier: Apache-2.0
package io.culex.example.http;

import java.net.URI;
import java.time.Duration;

/**
 * What the options of the plugin say.
 *
 * @param url where logins are sent to
 * @param timeout how long an answer may take
 * @param maxRequests how many logins may be on their way at the same time
 */
record Settings(URI url, Duration timeout, int maxRequests) {
    /** Checks the options; the message of the exception is what the broker logs when it refuses the configuration. */
    static Settings of(String url, String timeout, String maxRequests) {
        return new Settings(
                url(url),
                Duration.ofSeconds(number("timeout", timeout, 1, 60)),
                number("max_requests", maxRequests, 1, 10_000));
    }

    private static URI url(String text) {
        try {
            URI url = URI.create(text);
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(wrongUrl(text), e);
        }
        throw new IllegalArgumentException(wrongUrl(text));
    }

    private static String wrongUrl(String text) {
        return "http-login: Error: Invalid 'plugin_opt_url' value (" + text + "): not an http or https address.";
    }

    private static int number(String option, String text, int min, int max) {
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(wrongNumber(option, text, min, max), e);
        }
        throw new IllegalArgumentException(wrongNumber(option, text, min, max));
    }

    private static String wrongNumber(String option, String text, int min, int max) {
        return "http-login: Error: Invalid 'plugin_opt_" + option + "' value (" + text + "): not a number from " + min
                + " to " + max + ".";
    }
}
