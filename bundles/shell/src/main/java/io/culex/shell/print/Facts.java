// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.print;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Named facts of one thing, and listings that belong to it. On one thread. */
public final class Facts {
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final JsonObject json = new JsonObject();
    private final Map<String, Listing> listings = new LinkedHashMap<>();

    /** Adds one; the name is lower case, words joined by underscores. */
    public Facts add(String name, @Nullable Object value) {
        texts.put(name, Cell.text(value));
        json.add(name, Cell.json(value));
        return this;
    }

    /** Adds a listing, which is shown below the facts. */
    public Facts add(String name, Listing listing) {
        listings.put(name, listing);
        json.add(name, listing.toJson());
        return this;
    }

    /** One line per fact. */
    public void print(PrintStream out) {
        int width = texts.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
        texts.forEach((name, value) -> out.println(name.replace('_', ' ') + " ".repeat(width - name.length()) + value));
        listings.forEach((name, listing) -> {
            out.println();
            out.println(name.replace('_', ' ') + " (" + listing.size() + ")");
            listing.printTable(out);
        });
    }

    /** An object. */
    public JsonElement toJson() {
        return json;
    }
}
