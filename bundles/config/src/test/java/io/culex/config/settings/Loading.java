// SPDX-License-Identifier: Apache-2.0
package io.culex.config.settings;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.culex.config.commandline.CommandLine;
import io.culex.config.commandline.CommandLineException;
import io.culex.config.file.ConfText;
import io.culex.config.file.InvalidConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Loads configurations for tests. */
public final class Loading {
    private final ConfText conf;

    public Loading(Path dir) {
        conf = new ConfText(dir);
    }

    String file() {
        return conf.main();
    }

    public Configuration withAllFeatures(String... lines) throws InvalidConfigException {
        return load(AllFeatures.installed(), lines);
    }

    Configuration load(Features features, String... lines) throws InvalidConfigException {
        String file = conf.write("test.conf", lines);
        return new ConfigLoader(features, Map.of()).load(CommandLine.NONE.withConfigFile(file));
    }

    List<String> refusalWithoutFeatures(String... lines) {
        return assertThrows(InvalidConfigException.class, () -> load(Features.parse(null), lines))
                .reason();
    }

    static Configuration commandLine(String... args) throws InvalidConfigException, CommandLineException {
        return new ConfigLoader(Features.parse(null), Map.of()).load(CommandLine.parse(args));
    }
}
