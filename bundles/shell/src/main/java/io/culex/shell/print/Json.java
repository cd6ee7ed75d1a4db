// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.print;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/** JSON as it is printed. */
public final class Json {
    private static final Gson READABLE = new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .disableHtmlEscaping()
            .create();
    private static final Gson LINE =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    private Json() {}

    /** Over several lines. */
    public static String readable(JsonElement json) {
        return harmless(READABLE.toJson(json));
    }

    /** What an array has in it. */
    interface Elements {
        void write(JsonWriter out) throws IOException;
    }

    /**
     * An array over several lines, so that no two of its elements need to be in memory; closes the writer.
     *
     * @throws UncheckedIOException when it cannot be written
     */
    static void readable(Elements elements, Writer out) {
        try (JsonWriter writer = READABLE.newJsonWriter(out)) {
            writer.setStrictness(Strictness.LENIENT); // a metric may be no number
            writer.beginArray();
            elements.write(writer);
            writer.endArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On one line. */
    public static String line(JsonElement json) {
        return harmless(LINE.toJson(json));
    }

    /**
     * JSON, or a part of it, with the control characters that Gson leaves as they are written out: some terminals obey those of ISO 8859, too,
     * and those of Unicode for directions turn what follows. They stand nowhere but in strings.
     */
    static String harmless(String json) {
        int first = 0;
        while (first < json.length() && !isControl(json.charAt(first))) {
            first++;
        }
        if (first == json.length()) {
            return json;
        }
        StringBuilder text = new StringBuilder(json.length() + 32);
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            text.append(isControl(c) ? "\\u%04x".formatted((int) c) : String.valueOf(c));
        }
        return text.toString();
    }

    private static boolean isControl(char c) {
        return c >= 0x7f && c <= 0x9f || Visible.isDirection(c);
    }
}
