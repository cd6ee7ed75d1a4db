// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import io.culex.api.admin.Operation;
import io.culex.api.log.LogType;
import io.culex.auth.dynsec.command.Kicks;
import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.InvalidConfigurationException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What is done to the file as a whole: its versions, and taking it as it is on disk. */
final class FileOperation implements Operation {
    private static final String VERSION = "version";

    private final String scope;
    private final String name;
    private final String description;
    private final List<Argument> arguments;
    private final LiveFile file;
    private final Action action;

    private interface Action {
        List<String> run(Settings settings, Map<String, String> arguments)
                throws IOException, InvalidConfigurationException, RefusedException;
    }

    private FileOperation(
            String scope, String name, String description, List<Argument> arguments, LiveFile file, Action action) {
        this.scope = scope;
        this.name = name;
        this.description = description;
        this.arguments = arguments;
        this.file = file;
        this.action = action;
    }

    static List<Operation> of(String scope, LiveFile file) {
        return List.of(
                new FileOperation(
                        scope,
                        "history",
                        "Lists the versions of the file that were kept, the newest first.",
                        List.of(),
                        file,
                        (settings, arguments) -> history(file)),
                new FileOperation(
                        scope,
                        "rollback",
                        "Puts a version of the file into force again, as a new change.",
                        List.of(new Argument(VERSION, "its number in the history", true)),
                        file,
                        (settings, arguments) -> rollback(file, settings, arguments)),
                new FileOperation(
                        scope,
                        "reload",
                        "Takes the file as it is on disk, after it was edited by hand or mended.",
                        List.of(),
                        file,
                        (settings, arguments) -> {
                            file.reload(settings);
                            return List.of(file.path() + " is in force.");
                        }),
                new FileOperation(
                        scope,
                        "status",
                        "Says what is in force, and whether the file can be used.",
                        List.of(),
                        file,
                        (settings, arguments) -> status(file)));
    }

    private static List<String> history(LiveFile file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (History.Version version : file.history().versions()) {
            lines.add(version.line());
        }
        return lines;
    }

    private static List<String> rollback(LiveFile file, Settings settings, Map<String, String> arguments)
            throws IOException, InvalidConfigurationException, RefusedException {
        String text = arguments.getOrDefault(VERSION, "");
        if (!text.matches("\\d{1,12}")) {
            throw new RefusedException("The version is not a number: " + text);
        }
        Configuration before = file.state().configuration();
        Configuration after = file.history().read(Long.parseLong(text)).withChangeIndex(before.changeIndex() + 1);
        file.change(after, settings);
        file.log().log(LogType.INFORMATION, "dynsec: console | rollback | version=" + text);
        file.kick(Kicks.between(before, after), settings);
        return List.of("Version " + text + " is in force again.");
    }

    private static List<String> status(LiveFile file) {
        State state = file.state();
        Configuration now = state.configuration();
        String broken = state.broken();
        return List.of(
                "file: " + file.path(),
                "state: " + (broken == null ? "in force" : broken),
                "change index: " + now.changeIndex(),
                "clients: " + now.clients().size() + ", groups: " + now.groups().size() + ", roles: "
                        + now.roles().size());
    }

    @Override
    public String scope() {
        return scope;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<Argument> arguments() {
        return arguments;
    }

    @Override
    public CompletionStage<List<String>> run(Map<String, String> given) {
        return file.submit(settings -> {
            try {
                return action.run(settings, given);
            } catch (IOException e) {
                throw new RefusedException(String.valueOf(e.getMessage()));
            } catch (InvalidConfigurationException e) {
                throw new RefusedException(e.text() + ".");
            }
        });
    }
}
