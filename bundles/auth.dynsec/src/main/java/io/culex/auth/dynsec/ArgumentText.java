// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.MalformedJsonException;
import io.culex.api.admin.Operation.RefusedException;
import io.culex.auth.dynsec.command.Command;
import io.culex.auth.dynsec.json.Json;

/** Arguments as a person writes them. */
final class ArgumentText {
    private ArgumentText() {}

    static JsonElement read(Command.Argument argument, String value) throws RefusedException {
        return switch (argument.kind()) {
            case TEXT -> new JsonPrimitive(value);
            case NUMBER -> new JsonPrimitive(number(argument.name(), value));
            case FLAG -> new JsonPrimitive(flag(argument.name(), value));
            case ROLES -> names("rolename", argument.name(), value);
            case GROUPS -> names("groupname", argument.name(), value);
            case CLIENTS -> names("username", argument.name(), value);
            case ACLS -> json(argument.name(), value);
        };
    }

    private static int number(String name, String value) throws RefusedException {
        try {
            return Integer.parseInt(value.trim());
        } catch (NumberFormatException e) {
            throw new RefusedException(name + " is not a number: " + value);
        }
    }

    private static boolean flag(String name, String value) throws RefusedException {
        return switch (value) {
            case "true", "allow", "1" -> true;
            case "false", "deny", "0" -> false;
            default -> throw new RefusedException(name + " is neither true nor false: " + value);
        };
    }

    private static JsonArray names(String member, String name, String value) throws RefusedException {
        JsonArray list = new JsonArray();
        for (String entry : value.isEmpty() ? new String[0] : value.split(",")) {
            JsonObject object = new JsonObject();
            int colon = entry.lastIndexOf(':');
            object.addProperty(member, (colon < 0 ? entry : entry.substring(0, colon)).trim());
            if (colon >= 0) {
                object.addProperty("priority", number(name, entry.substring(colon + 1)));
            }
            list.add(object);
        }
        return list;
    }

    private static JsonElement json(String name, String value) throws RefusedException {
        try {
            return Json.parse(value);
        } catch (MalformedJsonException e) {
            throw new RefusedException(name + " is not valid JSON: " + e.getMessage());
        }
    }
}
