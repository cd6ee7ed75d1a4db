// SPDX-License-Identifier: Apache-2.0
package io.culex.config.generation;

import io.culex.api.config.Generation;
import io.culex.api.log.LogType;
import io.culex.config.file.FileTexts;
import io.culex.config.file.InvalidConfigException;
import io.culex.config.settings.Configuration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the conductor needs of its surroundings: the framework, or a test. */
public interface Host {
    /** Reads and checks the configuration. */
    Configuration load(FileTexts texts) throws InvalidConfigException;

    /** The configuration file, or null in local only mode. */
    @Nullable
    String file();

    /** The version to name in the log. */
    String version();

    /** Writes to the log. */
    void log(LogType type, String text);

    /** Why parts of the broker are not there, as far as that can be said. */
    List<String> obstacles();

    /** The generation came into force. */
    void running(Generation generation);

    /** A reload was taken, or refused: then what runs is not what the file says. */
    void reloaded(boolean taken);

    /** The configuration from before is in force again: what runs is not what the file says. */
    void rolledBack();

    /** Whether the broker is asked to stop: what a participant refuses then is no failure. */
    boolean isStopping();

    /** The first start failed: the process is to end with that status, where it is ours. */
    void failed(int exitStatus);
}
