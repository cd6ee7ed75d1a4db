// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The lines that show an answer, as Mosquitto's tool prints them: scripts read them (SPEC D.6). Stateless. */
public final class AnswerText {
    private static final String INVALID = "Error: Invalid response from server.";

    private AnswerText() {}

    /**
     * The lines for the answer to a command; none for those that only change something.
     *
     * @throws FailedException when the answer is not what the command brings
     */
    public static List<String> of(String command, JsonObject answer) throws FailedException {
        try {
            return lines(command, answer);
        } catch (IllegalStateException | UnsupportedOperationException | NumberFormatException e) {
            // A value of another kind: Gson says so in these three ways.
            throw new FailedException(ExitStatus.PROTOCOL, INVALID, e);
        }
    }

    private static List<String> lines(String command, JsonObject answer) throws FailedException {
        return switch (command.toLowerCase(Locale.ROOT)) {
            case "listclients" -> names(data(answer), "clients", "username");
            case "listgroups" -> names(data(answer), "groups", "groupname");
            case "listroles" -> names(data(answer), "roles", "rolename");
            case "getclient" -> client(object(data(answer), "client"));
            case "getgroup" -> group(object(data(answer), "group"));
            case "getrole" -> role(object(data(answer), "role"));
            case "getdefaultaclaccess" -> defaults(array(data(answer), "acls"));
            case "getanonymousgroup" -> List.of(text(object(data(answer), "group"), "groupname"));
            case "getdetails" -> details(data(answer));
            case "explain" -> explanation(data(answer));
            case "listplugins" -> BrokerText.plugins(array(data(answer), "plugins"));
            case "listlisteners" -> BrokerText.listeners(array(data(answer), "listeners"));
            default -> List.of();
        };
    }

    private static List<String> names(JsonObject data, String list, String member) throws FailedException {
        List<String> names = new ArrayList<>();
        for (JsonElement each : array(data, list)) {
            names.add(each instanceof JsonObject object ? text(object, member) : each.getAsString());
        }
        return names;
    }

    private static List<String> client(JsonObject client) throws FailedException {
        List<String> lines = new ArrayList<>();
        int width = "Connections:".length();
        lines.add(label("Username:", width) + text(client, "username"));
        lines.add(client.has("clientid") ? label("Clientid:", width) + text(client, "clientid") : "Clientid:");
        if (client.get("disabled") != null) {
            lines.add(label("Disabled:", width) + client.get("disabled").getAsBoolean());
        }
        ranked(lines, client.get("roles"), width, "Roles:", "rolename", true);
        ranked(lines, client.get("groups"), width, "Groups:", "groupname", true);
        ranked(lines, client.get("connections"), width, "Connections:", "address", false);
        return lines;
    }

    private static List<String> group(JsonObject group) throws FailedException {
        List<String> lines = new ArrayList<>();
        int width = "Groupname:".length();
        lines.add(label("Groupname:", width) + text(group, "groupname"));
        ranked(lines, group.get("roles"), width, "Roles:", "rolename", true);
        ranked(lines, group.get("clients"), width, "Clients:", "username", false);
        return lines;
    }

    private static List<String> role(JsonObject role) throws FailedException {
        List<String> lines = new ArrayList<>();
        lines.add("Rolename: " + text(role, "rolename"));
        String label = "ACLs:     ";
        for (JsonElement each : role.has("acls") ? array(role, "acls") : new JsonArray()) {
            if (each instanceof JsonObject acl) {
                lines.add(label + acl(acl));
                label = " ".repeat(label.length());
            }
        }
        return lines;
    }

    private static String acl(JsonObject acl) throws FailedException {
        return pad(text(acl, "acltype"), 20)
                + " : "
                + (acl.get("allow") != null && acl.get("allow").getAsBoolean() ? "allow" : "deny ")
                + " : "
                + text(acl, "topic")
                + " (priority: "
                + (acl.has("priority") ? acl.get("priority").getAsInt() : -1)
                + ")";
    }

    private static List<String> defaults(JsonArray acls) throws FailedException {
        List<String> lines = new ArrayList<>();
        for (JsonElement each : acls) {
            if (!(each instanceof JsonObject acl) || acl.get("allow") == null) {
                throw invalid();
            }
            lines.add(pad(text(acl, "acltype"), 20) + " : " + (acl.get("allow").getAsBoolean() ? "allow" : "deny"));
        }
        return lines;
    }

    private static List<String> details(JsonObject data) throws FailedException {
        return List.of(
                "Clients:      " + text(data, "clientCount"),
                "Groups:       " + text(data, "groupCount"),
                "Roles:        " + text(data, "roleCount"),
                "Change index: " + text(data, "changeIndex"));
    }

    private static List<String> explanation(JsonObject data) throws FailedException {
        List<String> lines = new ArrayList<>();
        lines.add("Access: " + (data.get("allow") != null && data.get("allow").getAsBoolean() ? "allow" : "deny"));
        lines.add("By:     " + text(data, "by"));
        if (data.has("groupname")) {
            lines.add("Group:  " + text(data, "groupname"));
        }
        if (data.has("rolename")) {
            lines.add("Role:   " + text(data, "rolename"));
        }
        if (data.get("acl") instanceof JsonObject acl) {
            lines.add("ACL:    " + acl(acl));
        }
        return lines;
    }

    /** A list that is empty has no line; one that is missing has its label. */
    private static void ranked(
            List<String> lines, @Nullable JsonElement list, int width, String label, String member, boolean priority)
            throws FailedException {
        if (!(list instanceof JsonArray entries)) {
            lines.add(label);
            return;
        }
        String next = label;
        for (JsonElement each : entries) {
            if (each instanceof JsonObject entry) {
                String rank = entry.has("priority") ? text(entry, "priority") : "-1";
                lines.add(label(next, width) + text(entry, member) + (priority ? " (priority: " + rank + ")" : ""));
                next = "";
            }
        }
    }

    private static String label(String text, int width) {
        return pad(text, width) + " ";
    }

    static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static JsonObject data(JsonObject answer) throws FailedException {
        return object(answer, "data");
    }

    private static JsonObject object(JsonObject of, String member) throws FailedException {
        if (of.get(member) instanceof JsonObject object) {
            return object;
        }
        throw invalid();
    }

    private static JsonArray array(JsonObject of, String member) throws FailedException {
        if (of.get(member) instanceof JsonArray array) {
            return array;
        }
        throw invalid();
    }

    static String text(JsonObject of, String member) throws FailedException {
        JsonElement value = of.get(member);
        if (value != null && value.isJsonPrimitive()) {
            return value.getAsString();
        }
        throw invalid();
    }

    private static FailedException invalid() {
        return new FailedException(ExitStatus.PROTOCOL, INVALID);
    }
}
