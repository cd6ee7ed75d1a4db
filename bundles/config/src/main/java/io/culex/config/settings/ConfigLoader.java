// SPDX-License-Identifier: Apache-2.0
package io.culex.config.settings;

import io.culex.api.config.LogSettings;
import io.culex.config.commandline.CommandLine;
import io.culex.config.file.ConfigDocument;
import io.culex.config.file.ConfigReader;
import io.culex.config.file.FileTexts;
import io.culex.config.file.InvalidConfigException;
import io.culex.config.file.LogLine;
import io.culex.config.file.Section;
import io.culex.config.plugin.PluginList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a configuration out of the file, the command line and the environment, or refuses. Plain Java; blocks on the file
 * system and, for {@code bind_address}, on name resolution. Any thread.
 */
public final class ConfigLoader {
    private final Features features;
    private final Map<String, String> environment;

    /**
     * A loader.
     *
     * @param features what is installed
     * @param environment the variables of the process
     */
    public ConfigLoader(Features features, Map<String, String> environment) {
        this.features = features;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Reads and checks everything.
     *
     * @throws InvalidConfigException when any of it is wrong or needs a feature that is not there
     */
    public Configuration load(CommandLine commandLine) throws InvalidConfigException {
        return load(commandLine, FileTexts.ofDisk());
    }

    /** The same with the text of files from elsewhere. */
    public Configuration load(CommandLine commandLine, FileTexts texts) throws InvalidConfigException {
        String file = commandLine.configFile();
        ConfigDocument document = file == null ? ConfigDocument.empty() : ConfigReader.read(file, texts);
        List<LogLine> log = new ArrayList<>(document.log());
        try {
            log.addAll(new FeatureCheck(features).check(document));
            return configuration(document, commandLine, texts, log);
        } catch (InvalidConfigException e) {
            throw e.after(log);
        }
    }

    private Configuration configuration(
            ConfigDocument document, CommandLine commandLine, FileTexts texts, List<LogLine> log)
            throws InvalidConfigException {
        PluginList plugins = new PluginList(document);
        StorageSettings storage = new StorageBuilder(document.global(), environment).build(plugins.all());
        LogSettings logSettings = new LogSettingsBuilder(document.global(), commandLine.verbosity()).build();
        return new Configuration(
                new BrokerSettingsBuilder(document.global()).build(logSettings, storage.enabled()),
                new ListenerBuilder(document, plugins, commandLine.tlsKeylog()).build(commandLine.ports()),
                new Configuration.Extensions(plugins.all(), bridges(document)),
                storage,
                new ProcessSettings(
                        document.global().text("user"), document.global().text("pid_file")),
                new Configuration.Source(document, texts.kept()),
                WatchedFiles.of(document, plugins.all()),
                document.localOnly(),
                log);
    }

    /** None without the feature, which was warned of. */
    private List<BridgeSettings> bridges(ConfigDocument document) {
        List<BridgeSettings> bridges = new ArrayList<>();
        if (!features.has("culex-bridge")) {
            return bridges;
        }
        for (Section bridge : document.bridges()) {
            Map<String, String> options = new LinkedHashMap<>(bridge.given());
            List<String> addresses = List.of(bridge.required("address").split(" ", -1));
            options.remove("address");
            inherit("max_queued_messages", document.global(), options);
            inherit("max_queued_bytes", document.global(), options);
            bridges.add(new BridgeSettings(bridge.name(), addresses, document.topics(bridge), options, bridge.place()));
        }
        return bridges;
    }

    /** A limit that is set for every queue is set for a bridge's too, unless that has one of its own. */
    private static void inherit(String limit, Section global, Map<String, String> options) {
        if (global.has(limit)) {
            options.putIfAbsent("bridge_" + limit, global.required(limit));
        }
    }
}
