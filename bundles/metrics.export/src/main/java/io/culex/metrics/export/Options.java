// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.export;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Reads the values of {@code plugin_opt_*} lines, which are text, as strictly as those of other options (SPEC A.1). */
public final class Options {
    private static final int DAY = 86_400;

    private final String exporter;

    /** For the options of an exporter; messages begin with its name. */
    public Options(String exporter) {
        this.exporter = exporter;
    }

    /** What is wrong, as an exception. */
    public OptionException wrong(String reason) {
        return new OptionException(exporter + ": Error: " + reason);
    }

    private OptionException invalid(String option, String value, String why) {
        return wrong("Invalid 'plugin_opt_" + option + "' value (" + value + ")" + why + ".");
    }

    /** {@code true} or {@code 1}, {@code false} or {@code 0}. */
    public boolean flag(String option, String value) throws OptionException {
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw invalid(option, value, "");
        };
    }

    /** A whole number within bounds. */
    public int number(String option, String value, int minimum, int maximum) throws OptionException {
        int number;
        try {
            number = Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw wrong("'plugin_opt_" + option + "' value not a number.");
        }
        if (number < minimum || number > maximum) {
            throw wrong("'plugin_opt_" + option + "' value out of range, it is " + minimum + " to " + maximum + ".");
        }
        return number;
    }

    /** Seconds, a day at most. */
    public Duration seconds(String option, String value, int minimum) throws OptionException {
        return Duration.ofSeconds(number(option, value, minimum, DAY));
    }

    /** Text that must be given. */
    public String required(String option, String value) throws OptionException {
        if (value.isEmpty()) {
            throw wrong("The plugin needs 'plugin_opt_" + option + "'.");
        }
        return value;
    }

    /** The path of a file; null when it is not given. */
    public @Nullable Path file(String option, String value) throws OptionException {
        try {
            return value.isEmpty() ? null : Path.of(value);
        } catch (InvalidPathException e) {
            throw invalid(option, value, ": " + e.getReason());
        }
    }

    /** An http or https address. One with a user is refused, and not shown: an address is told in the log, the user's password with it. */
    public URI address(String option, String value) throws OptionException {
        String reason = ": not an http or https address";
        try {
            URI uri = URI.create(required(option, value));
            boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isWeb && uri.getHost() != null && uri.getRawUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            reason = ": " + e.getMessage();
        }
        if (value.indexOf('@') >= 0) {
            throw wrong("'plugin_opt_" + option + "' must not name a user: there are other options for that.");
        }
        throw invalid(option, value, reason);
    }

    /** The address of a network interface, by number or name. Blocks on name resolution. */
    public InetAddress local(String option, String value) throws OptionException {
        try {
            return InetAddress.getByName(value);
        } catch (UnknownHostException e) {
            throw invalid(option, value, ": unknown host");
        }
    }

    /** The value of a header of HTTP. It may be a secret, so it is not in the message. */
    public String header(String option, String value) throws OptionException {
        if (!HttpPost.isHeaderValue(value)) {
            throw wrong("'plugin_opt_" + option + "' has characters that no header may have.");
        }
        return value;
    }

    /** Whom to trust, by a file of certificates; null when it is not given: whom the JDK trusts. Blocks on the file system. */
    public @Nullable SSLContext trust(String option, String value) throws OptionException {
        Path cafile = file(option, value);
        try {
            return cafile == null ? null : Trust.of(cafile);
        } catch (IOException e) {
            throw wrong("'plugin_opt_" + option + "' cannot be used: " + e.getMessage() + ".");
        }
    }

    /** The name that metrics get for this machine: what is given, else its own. */
    public static String hostLabel(String value) {
        try {
            return value.isEmpty() ? InetAddress.getLocalHost().getHostName() : value;
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
