// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.print;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;

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

    /** On one line. */
    public static String line(JsonElement json) {
        return LINE.toJson(json);
    }
}
