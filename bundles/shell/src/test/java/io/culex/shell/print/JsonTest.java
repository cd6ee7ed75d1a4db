// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.print;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonPrimitive;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonTest {
    private static JsonArray array(String text) {
        JsonArray array = new JsonArray();
        array.add(new JsonPrimitive(text));
        return array;
    }

    @Test
    void hasNoCharacterThatATerminalWouldObey() {
        String name = "a\u001b[31m\u007f\u009b31m\u00e4";

        assertEquals("[\"a\\u001b[31m\\u007f\\u009b31m\u00e4\"]", Json.line(array(name)));
        assertEquals("[\n  \"a\\u001b[31m\\u007f\\u009b31m\u00e4\"\n]", Json.readable(array(name)));
    }

    @Test
    void listingsHaveNoneEither() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            new Listing("id").row("\u009b31m").printJson(out);
        }

        assertEquals(
                "[{\"id\":\"\\u009b31m\"}]",
                bytes.toString(StandardCharsets.UTF_8).replaceAll("\\s", ""));
    }
}
