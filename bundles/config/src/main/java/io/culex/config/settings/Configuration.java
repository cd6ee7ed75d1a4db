// SPDX-License-Identifier: Apache-2.0
package io.culex.config.settings;

import io.culex.api.config.BrokerSettings;
import io.culex.api.config.Generation;
import io.culex.api.config.ListenerSettings;
import io.culex.config.file.ConfigDocument;
import io.culex.config.file.FileTexts;
import io.culex.config.file.LogLine;
import io.culex.config.plugin.PluginSettings;
import java.util.List;

/**
 * A whole configuration, checked: out of the file, the command line and the environment.
 *
 * @param broker for the whole broker
 * @param listeners in the order of the file
 * @param extensions plugins and bridges
 * @param storage for the store
 * @param process for the launcher
 * @param source what it was made of
 * @param watched the files it is made of
 * @param localOnly whether only clients of this machine can come in (SPEC A.2)
 * @param log notices and warnings about the file
 */
public record Configuration(
        BrokerSettings broker,
        List<ListenerSettings> listeners,
        Extensions extensions,
        StorageSettings storage,
        ProcessSettings process,
        Source source,
        WatchedFiles watched,
        boolean localOnly,
        List<LogLine> log) {
    /** What is loaded beside the broker. */
    public record Extensions(List<PluginSettings> plugins, List<BridgeSettings> bridges) {
        public Extensions {
            plugins = List.copyOf(plugins);
            bridges = List.copyOf(bridges);
        }
    }

    /** The files as they were read, and what they say. */
    public record Source(ConfigDocument document, FileTexts texts) {}

    public Configuration {
        listeners = List.copyOf(listeners);
        log = List.copyOf(log);
    }

    /** Whether something differs that only a start applies. */
    public boolean needsRestartAfter(Configuration before) {
        return !storage.equals(before.storage) || !process.equals(before.process);
    }

    /** The same over the store of another one, or without a store as that: a store comes and goes with the broker only. */
    public Configuration overStoreOf(Configuration running) {
        StorageSettings kept = running.storage;
        return new Configuration(
                broker.with(kept.enabled()), listeners, extensions, kept, process, source, watched, localOnly, log);
    }

    /** The part that the broker runs by, as the generation of that number. */
    public Generation generation(long number, String runId) {
        return new Generation(number, runId, broker, listeners);
    }
}
