// SPDX-License-Identifier: Apache-2.0
package io.culex.config.generation;

import io.culex.api.config.Generation;
import io.culex.api.log.LogType;
import io.culex.config.commandline.CommandLine;
import io.culex.config.file.FileTexts;
import io.culex.config.file.InvalidConfigException;
import io.culex.config.settings.ConfigLoader;
import io.culex.config.settings.Configuration;
import io.culex.config.settings.Features;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Surroundings that write everything down. */
final class FakeHost implements Host {
    final List<String> calls = new ArrayList<>();
    final List<String> log = new ArrayList<>();
    final List<Boolean> reloads = new ArrayList<>();
    int rollbacks;
    final CommandLine commandLine;
    Features features = Features.parse(null);

    @Nullable
    Generation running;

    @Nullable
    Integer exitStatus;

    boolean stopping;

    FakeHost(CommandLine commandLine) {
        this.commandLine = commandLine;
    }

    @Override
    public Configuration load(FileTexts texts) throws InvalidConfigException {
        return new ConfigLoader(features, Map.of()).load(commandLine, texts);
    }

    @Override
    public @Nullable String file() {
        return commandLine.configFile();
    }

    @Override
    public String version() {
        return "1.2.3";
    }

    @Override
    public void log(LogType type, String text) {
        log.add(type + " " + text);
        calls.add("log");
    }

    @Override
    public List<String> obstacles() {
        return List.of("bundle io.culex.core is not started");
    }

    @Override
    public void running(Generation generation) {
        running = generation;
    }

    @Override
    public void reloaded(boolean taken) {
        reloads.add(taken);
    }

    @Override
    public void rolledBack() {
        rollbacks++;
    }

    @Override
    public boolean isStopping() {
        return stopping;
    }

    @Override
    public void failed(int status) {
        exitStatus = status;
    }
}
