// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.command;

import com.google.gson.JsonObject;
import io.culex.auth.dynsec.json.Members;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One command: what it is called, what it takes, and what it does. Immutable; any thread. */
public final class Command {
    private final String name;
    private final boolean changes;
    private final String description;
    private final List<Argument> arguments;
    private final Handler handler;

    /** How an argument is written in a request. */
    public enum Kind {
        /** A text. */
        TEXT,
        /** A whole number. */
        NUMBER,
        /** True or false. */
        FLAG,
        /** An array of objects with {@code rolename} and {@code priority}. */
        ROLES,
        /** An array of objects with {@code groupname} and {@code priority}. */
        GROUPS,
        /** An array of objects with {@code username} and {@code priority}. */
        CLIENTS,
        /** An array of objects with {@code acltype}, {@code topic}, {@code priority} and {@code allow}. */
        ACLS
    }

    /** One argument: the name of its member, how it is written, what it is for, whether it must be given. */
    public record Argument(String name, Kind kind, String description, boolean required) {}

    /** What it does; its data, or null for a plain acknowledgement. */
    @FunctionalInterface
    interface Handler {
        @Nullable
        JsonObject run(Call call) throws RefusedException, Members.FaultException;
    }

    Command(String name, boolean changes, String description, List<Argument> arguments, Handler handler) {
        this.name = name;
        this.changes = changes;
        this.description = description;
        this.arguments = List.copyOf(arguments);
        this.handler = handler;
    }

    /** Its name in a request, for example {@code createClient}; found in any case of its letters. */
    public String name() {
        return name;
    }

    /** Whether it changes the configuration. */
    public boolean changes() {
        return changes;
    }

    /** One sentence for a person. */
    public String description() {
        return description;
    }

    /** What it takes. */
    public List<Argument> arguments() {
        return arguments;
    }

    @Nullable
    JsonObject run(Call call) throws RefusedException, Members.FaultException {
        return handler.run(call);
    }
}
