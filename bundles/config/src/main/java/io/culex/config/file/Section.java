// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options given for one object: the broker, a listener, a bridge or a plugin, under their names in the table of
 * options. Filled by the reader, on one thread, and not changed after that.
 */
public final class Section {
    private final String name;
    private final Place place;
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final List<Section> plugins = new ArrayList<>();

    Section(String name, Place place) {
        this.name = name;
        this.place = place;
    }

    /** A section in which nothing is given. */
    public static Section empty() {
        return new Section("", new Place("", 0, null));
    }

    /** What it is called: the bridge's name, the plugin's path. */
    public String name() {
        return name;
    }

    /** The line that opened it. */
    public Place place() {
        return place;
    }

    /** The plugins that decide in this scope, in the order of their lines. */
    public List<Section> plugins() {
        return Collections.unmodifiableList(plugins);
    }

    void attach(Section plugin) {
        plugins.add(plugin);
    }

    void put(Option option, String value, Statement statement) throws InvalidConfigException {
        List<String> old = values.get(option.name());
        places.put(option.name(), statement.place());
        if (old != null && option.again() == Option.Again.ONCE) {
            throw statement.invalid("Error: Duplicate '" + statement.keyword() + "' value in configuration.");
        }
        if (old == null || option.again() == Option.Again.LAST) {
            values.put(option.name(), new ArrayList<>(List.of(value)));
        } else {
            old.add(value);
        }
    }

    /** Sets a value that has no rule of its own. */
    void set(String option, String value) {
        values.put(option, new ArrayList<>(List.of(value)));
    }

    /** Whether the option is given here. */
    public boolean has(String option) {
        return values.containsKey(option);
    }

    /** Where the option is given, else the line that opened the section. */
    public Place place(String option) {
        return places.getOrDefault(option, place);
    }

    /** The value given here, else the default of the table, else null. */
    public @Nullable String text(String option) {
        List<String> given = values.get(option);
        if (given != null) {
            return given.get(given.size() - 1);
        }
        Option known = OptionTable.standard().find(option);
        return known == null ? null : known.initial();
    }

    /** The value given here or the default, of which there must be one. */
    public String required(String option) {
        String text = text(option);
        if (text == null) {
            throw new IllegalArgumentException(option + " has neither a value nor a default");
        }
        return text;
    }

    /** A bool option. */
    public boolean flag(String option) {
        return Boolean.parseBoolean(required(option));
    }

    /** A number. */
    public long number(String option) {
        return Long.parseLong(required(option));
    }

    /** A number of type int. */
    public int integer(String option) {
        return Math.toIntExact(number(option));
    }

    /** Every value given here, in order; empty without one. */
    public List<String> list(String option) {
        return List.copyOf(values.getOrDefault(option, List.of()));
    }

    /** The options of a plugin, with their prefix {@code plugin_opt_}. */
    public Map<String, String> pluginOptions() {
        Map<String, String> result = new LinkedHashMap<>();
        values.forEach((option, given) -> {
            if (option.startsWith("plugin_opt_")) {
                result.put(option, given.get(given.size() - 1));
            }
        });
        return result;
    }

    /** Everything that is given here in order, also by what is no option of the table. */
    public Map<String, List<String>> values() {
        return Collections.unmodifiableMap(values);
    }

    /** What is given here by options, each with its last value. */
    public Map<String, String> given() {
        Map<String, String> result = new LinkedHashMap<>();
        places.keySet().forEach(option -> result.put(option, required(option)));
        return result;
    }
}
