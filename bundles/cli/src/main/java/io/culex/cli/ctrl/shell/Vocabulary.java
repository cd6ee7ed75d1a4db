// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.shell;

import io.culex.cli.ctrl.command.Command;
import io.culex.cli.ctrl.command.Commands;
import io.culex.cli.ctrl.command.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which words can stand where, in one state of the shell. Immutable. */
public final class Vocabulary {
    private static final Pattern ARGUMENT = Pattern.compile("<(\\w+)>|(allow\\|deny)");
    private static final Pattern ATTRIBUTE = Pattern.compile("--?[\\w-]+");

    private final List<String> own;
    private final @Nullable Module module;
    private final boolean connected;
    private final Function<String, List<String>> names;

    /**
     * The words of a state.
     *
     * @param own commands of the shell itself
     * @param module whose commands are understood without its name; null: none
     * @param connected whether the modules are
     * @param names the names that there are of a kind: username, groupname, rolename, acltype, event
     */
    Vocabulary(List<String> own, @Nullable Module module, boolean connected, Function<String, List<String>> names) {
        this.own = List.copyOf(own);
        this.module = module;
        this.connected = connected;
        this.names = names;
    }

    /** What can follow these words. */
    List<String> next(List<String> before) {
        if (before.isEmpty()) {
            return beginnings();
        }
        String first = before.get(0);
        if (first.equalsIgnoreCase("help")) {
            return before.size() == 1 ? beginnings() : List.of();
        }
        if (first.equalsIgnoreCase("connect")) {
            return connected ? List.of() : List.of("mqtt://", "mqtts://", "ws://", "wss://");
        }
        Optional<Module> named = connected ? Module.of(first) : Optional.empty();
        if (named.isPresent()) {
            return before.size() == 1
                    ? commands(named.get())
                    : arguments(named.get(), before.subList(1, before.size()));
        }
        return module == null ? List.of() : arguments(module, before);
    }

    private List<String> beginnings() {
        List<String> words = new ArrayList<>();
        if (module != null) {
            words.addAll(commands(module));
        } else if (connected) {
            for (Module each : Module.values()) {
                words.add(each.word());
            }
        }
        words.addAll(own);
        return words;
    }

    private static List<String> commands(Module module) {
        return Commands.of(module).stream().map(Command::name).toList();
    }

    /** By the help: names in their places, then the words that begin with a hyphen. */
    private List<String> arguments(Module of, List<String> words) {
        Optional<Command> command = Commands.find(of, words.get(0));
        if (command.isEmpty()) {
            return List.of();
        }
        int place = words.size() - 1;
        Matcher argument = ARGUMENT.matcher(command.get().arguments().replaceAll("\\[[^]]*]", ""));
        for (int i = 0; argument.find(); i++) {
            if (i == place) {
                return argument.group(1) == null ? List.of("allow", "deny") : names.apply(argument.group(1));
            }
        }
        return attributes(command.get(), words.get(words.size() - 1));
    }

    private List<String> attributes(Command command, String last) {
        String kind =
                switch (last) {
                    case "--role" -> "rolename";
                    case "--group" -> "groupname";
                    case "--client" -> "username";
                    case "--acl" -> "acltype";
                    default -> "";
                };
        if (!kind.isEmpty()) {
            return names.apply(kind);
        }
        return ATTRIBUTE
                .matcher(command.arguments())
                .results()
                .map(result -> result.group())
                .distinct()
                .toList();
    }
}
