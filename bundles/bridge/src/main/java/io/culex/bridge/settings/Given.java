// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a bridge's configuration, under the names of mosquitto.conf. Values are text, as mosquitto.conf gives them;
 * what was made by hand may have other types.
 */
final class Given {
    private final Map<String, Object> properties;

    Given(Map<String, Object> properties) {
        this.properties = Map.copyOf(properties);
    }

    @Nullable
    String text(String name) {
        Object value = properties.get(name);
        return value == null ? null : value.toString();
    }

    String text(String name, String otherwise) {
        return Objects.requireNonNullElse(text(name), otherwise);
    }

    boolean flag(String name, boolean otherwise) {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new IllegalArgumentException("Error: Invalid '" + name + "' value (" + value + ").");
        };
    }

    int number(String name, int otherwise, int least, int most) {
        return (int) longNumber(name, otherwise, least, most);
    }

    long longNumber(String name, long otherwise, long least, long most) {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException("Error: '" + name + "' value not a number.", none);
        }
        throw new IllegalArgumentException("Error: '" + name + "' value out of range.");
    }

    /** Every value of an option that may be there several times. */
    List<String> all(String name) {
        Object value = properties.get(name);
        if (value instanceof Object[] several) {
            return Arrays.stream(several).map(String::valueOf).toList();
        }
        if (value instanceof Collection<?> several) {
            List<String> texts = new ArrayList<>();
            several.forEach(each -> texts.add(String.valueOf(each)));
            return texts;
        }
        return value == null ? List.of() : List.of(value.toString());
    }
}
