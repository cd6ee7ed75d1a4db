// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All commands. Stateless. */
public final class Commands {
    private Commands() {}

    /** Those of a module, in the order of its help. */
    public static List<Command> of(Module module) {
        if (module == Module.BROKER) {
            return List.of(
                    new Command(
                            Command.Section.BROKER,
                            "listPlugins",
                            "",
                            "List the plugins and their control endpoints",
                            (words, request, person) -> {}),
                    new Command(
                            Command.Section.BROKER,
                            "listListeners",
                            "",
                            "List the listeners",
                            (words, request, person) -> {}));
        }
        List<Command> commands = new ArrayList<>(GeneralCommands.all());
        commands.addAll(ClientCommands.all());
        commands.addAll(GroupCommands.all());
        commands.addAll(RoleCommands.all());
        return commands;
    }

    /** The command of that name, whatever the case of its letters. */
    public static Optional<Command> find(Module module, String name) {
        return of(module).stream()
                .filter(command -> command.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
