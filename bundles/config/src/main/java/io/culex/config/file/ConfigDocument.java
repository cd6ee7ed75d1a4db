// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a configuration file says, every value checked. Filled by the reader, on one thread, and not changed after that. */
public final class ConfigDocument {
    private final Section global;
    private final List<Section> listeners = new ArrayList<>();
    private final List<Section> bridges = new ArrayList<>();
    private final Map<Section, List<BridgeTopic>> topics = new HashMap<>();
    private final List<Section> plugins = new ArrayList<>();
    private final List<Setting> settings = new ArrayList<>();
    private final List<LogLine> log = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    private @Nullable Section defaultListener;
    private boolean localOnly = true;
    private boolean perListener;
    private boolean securitySeen;

    ConfigDocument(Place place) {
        this.global = new Section("", place);
    }

    /** A configuration without a file: everything at its default. */
    public static ConfigDocument empty() {
        return new ConfigDocument(new Place("", 0, null));
    }

    /** The options of the broker, and the security options without {@code per_listener_settings}. */
    public Section global() {
        return global;
    }

    /** In the order of the file; the default listener where it was made. */
    public List<Section> listeners() {
        return Collections.unmodifiableList(listeners);
    }

    /** In the order of the file. */
    public List<Section> bridges() {
        return Collections.unmodifiableList(bridges);
    }

    /** The {@code topic} lines of a bridge, in order. */
    public List<BridgeTopic> topics(Section bridge) {
        return Collections.unmodifiableList(topics.getOrDefault(bridge, List.of()));
    }

    /** In the order of the file, whoever uses them. */
    public List<Section> plugins() {
        return Collections.unmodifiableList(plugins);
    }

    /** Every use of an option that is part of a feature, in the order of the file. */
    public List<Setting> settings() {
        return Collections.unmodifiableList(settings);
    }

    /** The files and folders that were read. */
    public List<String> files() {
        return Collections.unmodifiableList(files);
    }

    void addFile(String path) {
        files.add(path);
    }

    /** Notices and warnings. */
    public List<LogLine> log() {
        return Collections.unmodifiableList(log);
    }

    /** The listener that options before any {@code listener} line made, or null. */
    public @Nullable Section defaultListener() {
        return defaultListener;
    }

    /** Whether the file has neither {@code listener} nor {@code port} nor {@code bind_address} (SPEC A.2). */
    public boolean localOnly() {
        return localOnly;
    }

    /** {@code per_listener_settings}. */
    public boolean perListener() {
        return perListener;
    }

    void openToOthers() {
        localOnly = false;
    }

    Section addListener(Place place) {
        Section listener = new Section("", place);
        listeners.add(listener);
        return listener;
    }

    Section addDefaultListener(Place place) {
        Section listener = addListener(place);
        listener.set(Keys.PORT, "1883");
        defaultListener = listener;
        return listener;
    }

    Section addBridge(String name, Place place) {
        Section bridge = new Section(name, place);
        bridges.add(bridge);
        return bridge;
    }

    void addTopic(Section bridge, BridgeTopic topic) {
        topics.computeIfAbsent(bridge, b -> new ArrayList<>()).add(topic);
    }

    Section addPlugin(String path, Place place) {
        Section plugin = new Section(path, place);
        plugins.add(plugin);
        return plugin;
    }

    void setPerListener() {
        perListener = true;
    }

    boolean securitySeen() {
        return securitySeen;
    }

    void markSecuritySeen() {
        securitySeen = true;
    }

    void add(Setting setting) {
        settings.add(setting);
    }

    List<LogLine> mutableLog() {
        return log;
    }
}
