// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.StringReader;
import java.util.Locale;

/**
 * JSON as it is written down (RFC 8259) and nothing else: no comments, nothing behind the end, no member twice, and no deeper than
 * needed. Names of members are made lower case, because Mosquitto takes them in any case.
 */
public final class Json {
    private static final int DEPTH = 32;

    private Json() {}

    /** Reads a text; the exception says where it is wrong, and quotes no value. */
    public static JsonElement parse(String text) throws MalformedJsonException {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        reader.setNestingLimit(DEPTH);
        try {
            JsonElement element = element(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new MalformedJsonException("Something follows the end" + at(reader));
            }
            return element;
        } catch (IOException e) {
            throw new MalformedJsonException(firstLine(e));
        }
    }

    private static JsonElement element(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object(reader);
            case BEGIN_ARRAY -> array(reader);
            case STRING -> new JsonPrimitive(reader.nextString());
            // Not by way of BigDecimal: an exponent of nine digits would cost minutes.
            case NUMBER -> new JsonPrimitive(Double.parseDouble(reader.nextString()));
            case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
            case NULL -> {
                reader.nextNull();
                yield JsonNull.INSTANCE;
            }
            default -> throw new MalformedJsonException("A value is missing" + at(reader));
        };
    }

    private static JsonObject object(JsonReader reader) throws IOException {
        JsonObject object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName().toLowerCase(Locale.ROOT);
            if (object.has(name)) {
                throw new MalformedJsonException("A member is there twice" + at(reader));
            }
            object.add(name, element(reader));
        }
        reader.endObject();
        return object;
    }

    private static JsonArray array(JsonReader reader) throws IOException {
        JsonArray array = new JsonArray();
        reader.beginArray();
        while (reader.hasNext()) {
            array.add(element(reader));
        }
        reader.endArray();
        return array;
    }

    private static String at(JsonReader reader) {
        return " at " + reader.getPath();
    }

    /** Gson adds lines with advice for programmers. */
    private static String firstLine(IOException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
