// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.print;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.stream.Stream;

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
        return READABLE.toJson(json);
    }

    /**
     * An array over several lines, one element after the other, so that no two of them need to be in memory; closes the writer.
     *
     * @throws UncheckedIOException when it cannot be written
     */
    static void readable(Stream<? extends JsonElement> elements, Writer out) {
        try (JsonWriter writer = READABLE.newJsonWriter(out)) {
            writer.beginArray();
            elements.forEachOrdered(element -> READABLE.toJson(element, writer));
            writer.endArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On one line. */
    public static String line(JsonElement json) {
        return LINE.toJson(json);
    }
}
