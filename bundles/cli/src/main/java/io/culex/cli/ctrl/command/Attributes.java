// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.culex.cli.ctrl.outcome.FailedException;
import java.util.HashMap;
import java.util.Map;

/** What stands behind the name in the create and modify commands: words that begin with a hyphen, each with its value. */
final class Attributes {
    private final Map<String, Attribute> byWord = new HashMap<>();

    /** What a word does to the request. */
    interface Attribute {
        void apply(Words words, JsonObject request) throws FailedException;
    }

    /** A text under some words. */
    Attributes text(String member, String... names) {
        return put((words, request) -> request.addProperty(member, words.next(member)), names);
    }

    /** The two texts for people, which every object has. */
    Attributes texts() {
        return text("textname", "--textname").text("textdescription", "--textdescription");
    }

    /** Names with priorities, {@code name} or {@code name:priority}; the word comes once for each, and {@code --no-…} says none. */
    Attributes ranked(String list, String nameMember, String name) {
        put((words, request) -> array(request, list).add(entry(nameMember, words.next(nameMember))), name);
        return put((words, request) -> request.add(list, new JsonArray()), "--no-" + list);
    }

    Attributes put(Attribute attribute, String... names) {
        for (String name : names) {
            byWord.put(name, attribute);
        }
        return this;
    }

    /** Takes all words that are left; returns whether there were any. */
    boolean apply(Words words, JsonObject request) throws FailedException {
        boolean any = words.more();
        while (words.more()) {
            String word = words.next("argument");
            Attribute attribute = byWord.get(word);
            if (attribute == null) {
                throw words.wrong("unexpected argument '" + word + "'");
            }
            attribute.apply(words, request);
        }
        return any;
    }

    /** The array of that name, which is made when it is needed first. */
    static JsonArray array(JsonObject request, String name) {
        if (!request.has(name)) {
            request.add(name, new JsonArray());
        }
        return request.getAsJsonArray(name);
    }

    private static JsonObject entry(String nameMember, String text) {
        int colon = text.lastIndexOf(':');
        boolean ranked = colon > 0 && text.substring(colon + 1).matches("-?\\d{1,6}");
        JsonObject entry = new JsonObject();
        entry.addProperty(nameMember, ranked ? text.substring(0, colon) : text);
        if (ranked) {
            entry.addProperty("priority", Integer.parseInt(text.substring(colon + 1)));
        }
        return entry;
    }
}
