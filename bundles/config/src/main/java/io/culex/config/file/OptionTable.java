// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All options of mosquitto.conf, by every spelling: the one list that parser, defaults and documentation share. */
public final class OptionTable {
    private static final OptionTable STANDARD = load("options.txt");

    private final Map<String, Option> bySpelling;

    private OptionTable(Map<String, Option> bySpelling) {
        this.bySpelling = Collections.unmodifiableMap(bySpelling);
    }

    /** The options of Mosquitto 2.1 and ours. */
    public static OptionTable standard() {
        return STANDARD;
    }

    /** The option of that spelling, or null; {@code plugin_opt_*} stands for all that begin so. */
    public @Nullable Option find(String spelling) {
        if (spelling.startsWith("plugin_opt_") || spelling.startsWith("auth_opt_")) {
            return bySpelling.get("plugin_opt_*");
        }
        return bySpelling.get(spelling);
    }

    /** The option of that name, which must exist. */
    public Option get(String name) {
        Option option = find(name);
        if (option == null) {
            throw new IllegalArgumentException("no option " + name);
        }
        return option;
    }

    /** Every spelling, in the order of the table. */
    public Collection<String> spellings() {
        return bySpelling.keySet();
    }

    private static OptionTable load(String resource) {
        try (InputStream in = OptionTable.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OptionTable parse(List<String> lines) {
        Map<String, Option> options = new LinkedHashMap<>();
        Map<String, String> aliases = new LinkedHashMap<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            OptionRow row = new OptionRow(line);
            if (row.aliasOf() == null) {
                options.put(row.name(), row.option());
            } else {
                aliases.put(row.name(), row.aliasOf());
            }
        }
        aliases.forEach((alias, name) -> options.put(alias, options.get(name)));
        return new OptionTable(options);
    }
}
