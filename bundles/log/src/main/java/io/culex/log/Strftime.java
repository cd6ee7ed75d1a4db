// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A format of strftime(3), as {@code log_timestamp_format} takes it, in the C locale. Immutable; any thread. */
final class Strftime {
    private static final Pattern CONVERSION = Pattern.compile("%([-_0^#]*)(\\d{0,4})[EO]?(.)", Pattern.DOTALL);

    /** A piece of the format. */
    private interface Part {
        void append(ZonedDateTime time, StringBuilder out);
    }

    private final List<Part> parts = new ArrayList<>();

    /** What writes a time as strftime of the GNU library would. A conversion that it does not know is written as it stands. */
    Strftime(String format) {
        Matcher matcher = CONVERSION.matcher(format);
        int at = 0;
        while (at < format.length()) {
            matcher.region(at, format.length());
            if (matcher.lookingAt()) {
                parts.add(part(matcher));
                at = matcher.end();
            } else {
                parts.add(literal(format.substring(at, at + 1)));
                at++;
            }
        }
    }

    private static Part literal(String text) {
        return (time, out) -> out.append(text);
    }

    private static Part part(Matcher matcher) {
        Conversion conversion = Conversion.of(matcher.group(3).charAt(0));
        if (conversion == null) {
            return literal(matcher.group());
        }
        String width = matcher.group(2);
        Flags flags = Flags.of(matcher.group(1), width.isEmpty() ? 0 : Integer.parseInt(width));
        return (time, out) -> out.append(flags.apply(conversion, conversion.text(time)));
    }

    String format(ZonedDateTime time) {
        StringBuilder out = new StringBuilder();
        parts.forEach(part -> part.append(time, out));
        return out.toString();
    }
}
