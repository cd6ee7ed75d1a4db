// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.shell;

import io.culex.cli.ctrl.command.Command;
import io.culex.cli.ctrl.command.Commands;
import io.culex.cli.ctrl.command.Module;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The shell's help. Stateless. */
final class HelpText {
    private static final Map<String, String> OWN = Map.of(
            "auth", "auth [username]: who connects next; the password is asked for",
            "connect", "connect [mqtt|mqtts|ws|wss://[username[:password]@]host[:port][/path]]",
            "disconnect", "disconnect: end the connection",
            "return", "return: leave the module",
            "dynsec", "dynsec [command]: dynamic security; alone it enters the module",
            "broker", "broker [command]: the broker itself; alone it enters the module",
            "help", "help [command]",
            "exit", "exit: leave culex_ctrl");

    private HelpText() {}

    /** For one word, or for all that are known. */
    static String of(List<String> known, List<String> wanted) {
        StringBuilder text = new StringBuilder();
        for (String word : wanted.isEmpty() ? known : wanted.subList(0, 1)) {
            text.append(line(word)).append('\n');
        }
        return text.toString();
    }

    private static String line(String word) {
        String own = OWN.get(word.toLowerCase(Locale.ROOT));
        if (own != null) {
            return own;
        }
        for (Module module : Module.values()) {
            for (Command command : Commands.of(module)) {
                if (command.name().equalsIgnoreCase(word)) {
                    String usage = (command.name() + " " + command.arguments()).strip();
                    return usage + ": " + command.purpose();
                }
            }
        }
        return "Unknown command '" + word + "'";
    }
}
