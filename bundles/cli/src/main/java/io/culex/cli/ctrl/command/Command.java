// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.command;

import com.google.gson.JsonObject;
import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import java.util.List;

/** A command of a module: how its words become a request. Immutable. */
public final class Command {
    private final Section section;
    private final String name;
    private final String arguments;
    private final String purpose;
    private final Builder builder;

    /** Where the help lists it. */
    public enum Section {
        /** What holds for everyone. */
        GENERAL("General"),
        /** Clients. */
        CLIENTS("Clients"),
        /** Groups. */
        GROUPS("Groups"),
        /** Roles. */
        ROLES("Roles"),
        /** The broker. */
        BROKER("Broker");

        private final String title;

        Section(String title) {
            this.title = title;
        }

        /** For people. */
        public String title() {
            return title;
        }
    }

    /** Makes a request; {@code command} is in it already. */
    interface Builder {
        void build(Words words, JsonObject request, Person person) throws FailedException;
    }

    /**
     * A command.
     *
     * @param arguments as the help shows them; the shell completes by them
     * @param purpose in a few words
     */
    Command(Section section, String name, String arguments, String purpose, Builder builder) {
        this.section = section;
        this.name = name;
        this.arguments = arguments;
        this.purpose = purpose;
        this.builder = builder;
    }

    /** Where the help lists it. */
    public Section section() {
        return section;
    }

    /** Its name as the broker writes it. */
    public String name() {
        return name;
    }

    /** As the help shows them. */
    public String arguments() {
        return arguments;
    }

    /** What it is for, in a few words. */
    public String purpose() {
        return purpose;
    }

    /**
     * The request for these words; may ask the person for passwords.
     *
     * @throws FailedException when words are missing or wrong
     */
    public JsonObject request(List<String> words, Person person) throws FailedException {
        JsonObject request = new JsonObject();
        request.addProperty("command", name);
        Words left = new Words(this, words);
        builder.build(left, request, person);
        left.end();
        return request;
    }

    /**
     * The same request, when a broker can be asked it: one goes by its own number of iterations.
     *
     * @throws FailedException when it is for files alone
     */
    public JsonObject forBroker(JsonObject request) throws FailedException {
        if (request.has("iterations")) {
            throw new FailedException(ExitStatus.USAGE, "Error: " + name + ": -i is for files (-f) only.");
        }
        return request;
    }
}
