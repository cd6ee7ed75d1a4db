// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.option;

import io.culex.cli.ctrl.outcome.FailedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the command line and the options file. What the command line says wins. */
public final class OptionsReader {
    private final Map<String, String> environment;

    /**
     * A reader.
     *
     * @param environment says where the options file is
     */
    public OptionsReader(Map<String, String> environment) {
        this.environment = environment;
    }

    /** What is asked for besides, or in place of, a command. */
    public enum Wish {
        /** A command, or the shell. */
        RUN,
        /** The help. */
        HELP,
        /** The version. */
        VERSION
    }

    /**
     * What was read.
     *
     * @param words behind the options: module, command, arguments
     */
    public record Read(Wish wish, Options options, List<String> words) {
        public Read {
            words = List.copyOf(words);
        }
    }

    /**
     * Reads all of it; blocks on the file.
     *
     * @throws FailedException with the reason, and in the file the line
     */
    public Read read(List<String> arguments) throws FailedException {
        List<Given> given = new ArrayList<>();
        int words = split(arguments, given);
        Draft draft = new Draft();
        apply(given, draft);
        if (draft.help || draft.showVersion) {
            return new Read(draft.help ? Wish.HELP : Wish.VERSION, new Draft().build(), List.of());
        }
        Path file = OptionsFile.find(draft.optionsFile, environment);
        if (file != null) {
            draft = new Draft();
            OptionsFile.apply(file, draft);
            keepPasswordOf(given, draft.login);
            apply(given, draft);
        }
        return new Read(Wish.RUN, draft.build(), arguments.subList(words, arguments.size()));
    }

    /**
     * The options of a broker's URL over those there are, as the shell's {@code connect} has it.
     *
     * @param arguments those of the command line
     * @param who connects unless the URL says it; null: whom the other options name
     */
    public Options connect(List<String> arguments, @Nullable String url, Options.@Nullable Login who)
            throws FailedException {
        List<Given> given = new ArrayList<>();
        List<String> all = new ArrayList<>(arguments.subList(0, split(arguments, given)));
        if (who != null) {
            all.addAll(List.of("-u", String.valueOf(who.username()), "-P", String.valueOf(who.password())));
        }
        if (url != null) {
            all.addAll(List.of("-L", url));
        }
        return read(all).options();
    }

    /** The password of the file is not shown to a broker under another name. */
    private static void keepPasswordOf(List<Given> given, DraftLogin login) {
        for (Given each : given) {
            String user =
                    switch (each.option()) {
                        case USERNAME -> each.value();
                        case URL -> BrokerUrl.person(each.value());
                        default -> null;
                    };
            if (user != null) {
                login.forgetPasswordUnless(user);
            }
        }
    }

    private record Given(Option option, String value) {}

    /** Takes options from the left; returns where the words begin. */
    private static int split(List<String> arguments, List<Given> given) throws FailedException {
        int at = 0;
        while (at < arguments.size() && arguments.get(at).startsWith("-")) {
            Option option = Option.find(arguments.get(at));
            if (option == null) {
                throw Draft.wrong("Unknown option '" + arguments.get(at) + "'.");
            }
            at++;
            if (option.takesValue()) {
                if (at == arguments.size()) {
                    throw Draft.wrong(option.withoutValue());
                }
                given.add(new Given(option, arguments.get(at++)));
            } else {
                given.add(new Given(option, ""));
            }
        }
        return at;
    }

    private static void apply(List<Given> given, Draft draft) throws FailedException {
        for (Given each : given) {
            OptionValue.apply(draft, each.option(), each.value());
        }
    }
}
