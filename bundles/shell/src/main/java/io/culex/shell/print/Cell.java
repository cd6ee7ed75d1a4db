// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.print;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One value as a person and as a program reads it: text, number, boolean, time, or several of them. */
final class Cell {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private Cell() {}

    /** For a person. Names come from clients: what would move the cursor of a terminal is shown as a question mark. */
    static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Instant time) {
            return TIME.format(time);
        }
        if (value instanceof Duration time) {
            return Spans.text(time);
        }
        if (value instanceof Collection<?> several) {
            return several.stream().map(Cell::text).collect(Collectors.joining(", "));
        }
        if (value instanceof Boolean flag) {
            return flag ? "yes" : "no";
        }
        if (value instanceof Double number) {
            return number == Math.rint(number) && !number.isInfinite()
                    ? String.valueOf(number.longValue())
                    : String.valueOf(number);
        }
        return Visible.of(value.toString());
    }

    /** For a program: times in the form of ISO 8601, durations in seconds. */
    static JsonElement json(@Nullable Object value) {
        Object plain = plain(value);
        if (plain == null) {
            return JsonNull.INSTANCE;
        }
        if (plain instanceof Collection<?> several) {
            JsonArray array = new JsonArray();
            several.forEach(one -> array.add(json(one)));
            return array;
        }
        if (plain instanceof Boolean flag) {
            return new JsonPrimitive(flag);
        }
        return plain instanceof Number number ? new JsonPrimitive(number) : new JsonPrimitive(plain.toString());
    }

    /** The same without an object for it: of a long list, most of the time would go there. */
    static void write(JsonWriter out, @Nullable Object value) throws IOException {
        Object plain = plain(value);
        if (plain instanceof Collection<?> several) {
            out.beginArray();
            for (Object one : several) {
                write(out, one);
            }
            out.endArray();
        } else if (plain instanceof Number number) {
            out.value(number);
        } else if (plain instanceof Boolean flag) {
            out.value(flag);
        } else {
            out.value((String) plain);
        }
    }

    /** Null, a text, a number, a boolean, or several values. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Instant time) {
            return time.truncatedTo(ChronoUnit.MILLIS).toString();
        }
        if (value instanceof Duration time) {
            return time.toSeconds();
        }
        if (value == null || value instanceof Number || value instanceof Boolean || value instanceof Collection<?>) {
            return value;
        }
        return value.toString();
    }

    /** What {@link #compare} looks at, made once where a column is sorted: what is neither number nor time is text. */
    static @Nullable Object key(@Nullable Object value) {
        boolean ordered =
                value == null || value instanceof Number || value instanceof Instant || value instanceof Duration;
        return ordered ? value : text(value);
    }

    /** The order of a column's keys: numbers and times as such, everything else as text without regard to case; nothing first. */
    static int compare(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return a == b ? 0 : a == null ? -1 : 1;
        }
        if (a instanceof Number x && b instanceof Number y) {
            return Double.compare(x.doubleValue(), y.doubleValue());
        }
        if (a instanceof Instant x && b instanceof Instant y) {
            return x.compareTo(y);
        }
        if (a instanceof Duration x && b instanceof Duration y) {
            return x.compareTo(y);
        }
        return String.CASE_INSENSITIVE_ORDER.compare(text(a), text(b));
    }
}
