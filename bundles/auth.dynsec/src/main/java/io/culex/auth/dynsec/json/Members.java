// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object with their types. A member that is null is as if it were not there; one of another type is a fault.
 *
 * @param place where the object stands, for messages; empty at the top
 */
public record Members(JsonObject object, String place) {
    /** A member is not there or has a wrong type. */
    public static final class FaultException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String member;

        private FaultException(String place, String member, String expected) {
            super((place.isEmpty() ? member : place + "." + member) + " is not " + expected);
            this.member = member;
        }

        /** Its name. */
        public String member() {
            return member;
        }
    }

    /** A text; null when there is none. */
    public @Nullable String text(String name) throws FaultException {
        JsonElement value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
            throw fault(name, "a text");
        }
        return value.getAsString();
    }

    /** A text; null when there is none or it is empty. */
    public @Nullable String textOrNone(String name) throws FaultException {
        String text = text(name);
        return text == null || text.isEmpty() ? null : text;
    }

    /** A text that must be there. */
    public String required(String name) throws FaultException {
        String text = text(name);
        if (text == null) {
            throw fault(name, "there");
        }
        return text;
    }

    /** True or false. */
    public boolean flag(String name, boolean otherwise) throws FaultException {
        JsonElement value = value(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isBoolean()) {
            throw fault(name, "true or false");
        }
        return value.getAsBoolean();
    }

    /** A number without its fraction; one that does not fit becomes the nearest that does. */
    public long number(String name, long otherwise) throws FaultException {
        JsonElement value = value(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
            throw fault(name, "a number");
        }
        return (long) value.getAsDouble();
    }

    /** The same for what is an int. */
    public int smallNumber(String name, int otherwise) throws FaultException {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number(name, otherwise)));
    }

    /** An object; one without members when there is none. */
    public Members members(String name) throws FaultException {
        JsonElement value = value(name);
        if (value != null && !value.isJsonObject()) {
            throw fault(name, "an object");
        }
        return new Members(value == null ? new JsonObject() : value.getAsJsonObject(), inside(name));
    }

    /** The objects of an array; null when there is none. */
    public @Nullable List<Members> objectsOrNull(String name) throws FaultException {
        JsonElement value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isJsonArray()) {
            throw fault(name, "an array");
        }
        JsonArray array = value.getAsJsonArray();
        List<Members> objects = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            String place = inside(name) + "[" + i + "]";
            if (!array.get(i).isJsonObject()) {
                throw new FaultException("", place, "an object");
            }
            objects.add(new Members(array.get(i).getAsJsonObject(), place));
        }
        return objects;
    }

    /** The objects of an array; none when there is no array. */
    public List<Members> objects(String name) throws FaultException {
        List<Members> objects = objectsOrNull(name);
        return objects == null ? List.of() : objects;
    }

    /** Whether there is such a member, and not null. */
    public boolean has(String name) {
        return value(name) != null;
    }

    private FaultException fault(String name, String expected) {
        return new FaultException(place, name, expected);
    }

    private String inside(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    private @Nullable JsonElement value(String name) {
        JsonElement value = object.get(name);
        return value == null || value.isJsonNull() ? null : value;
    }
}
