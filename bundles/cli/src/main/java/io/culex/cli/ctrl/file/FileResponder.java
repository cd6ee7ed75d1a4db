// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.file;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.culex.auth.dynsec.command.Commands;
import io.culex.auth.dynsec.command.Outcome;
import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.ConfigurationFile;
import io.culex.auth.dynsec.model.InvalidConfigurationException;
import io.culex.cli.ctrl.command.Module;
import io.culex.cli.ctrl.command.Responder;
import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import io.culex.security.hash.PasswordHasher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A file of dynamic security that no broker uses at the time ({@code -f}); every command works on it. */
public final class FileResponder implements Responder {
    private static final String ITERATIONS = "iterations";

    private final Path file;
    private final Consumer<String> warnings;
    private final Heritage heritage;

    /** What a new file gets from the one that it replaces. */
    interface Heritage {
        ConfigurationFile.Preparation of(Path before) throws IOException;
    }

    /** Works on this file; warnings are lines for a person. */
    public FileResponder(Path file, Consumer<String> warnings) {
        this(file, warnings, before -> Ownership.of(before)::giveTo);
    }

    FileResponder(Path file, Consumer<String> warnings, Heritage heritage) {
        this.file = file;
        this.warnings = warnings;
        this.heritage = heritage;
    }

    @Override
    public JsonObject answer(Module module, JsonObject request) throws FailedException {
        if (module != Module.DYNSEC) {
            throw new FailedException(ExitStatus.USAGE, "Error: The module " + module.word() + " needs a broker.");
        }
        JsonObject command = request.deepCopy();
        OfflineEnvironment environment = new OfflineEnvironment(iterations(command.remove(ITERATIONS)));
        JsonArray commands = new JsonArray();
        commands.add(command);
        JsonObject body = new JsonObject();
        body.add("commands", commands);
        Outcome outcome = new Commands().run(read(), body.toString(), environment);
        if (outcome.changes() > 0) {
            write(outcome.after());
        }
        return JsonParser.parseString(outcome.body())
                .getAsJsonObject()
                .getAsJsonArray("responses")
                .get(0)
                .getAsJsonObject();
    }

    private static int iterations(@Nullable JsonElement given) throws FailedException {
        if (given == null) {
            return PasswordHasher.DEFAULT_ITERATIONS;
        }
        if (given.getAsInt() < 1) {
            throw new FailedException(ExitStatus.USAGE, "Error: Number of iterations must be > 0.");
        }
        return given.getAsInt();
    }

    private Configuration read() throws FailedException {
        try {
            return ConfigurationFile.read(file, warnings);
        } catch (IOException e) {
            throw new FailedException(
                    ExitStatus.UNREACHABLE, "Error: Unable to open " + file + ": " + FileReasons.of(e) + ".", e);
        } catch (InvalidConfigurationException e) {
            throw new FailedException(
                    ExitStatus.UNREACHABLE,
                    "Error: " + file + " is not a valid dynamic-security config file: " + e.text() + ".",
                    e);
        }
    }

    private void write(Configuration after) throws FailedException {
        try {
            ConfigurationFile.replace(file, after, heritage.of(file));
        } catch (IOException e) {
            throw new FailedException(
                    ExitStatus.UNREACHABLE, "Error: Unable to write to " + file + ": " + FileReasons.of(e) + ".", e);
        }
    }
}
