// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import io.culex.api.config.GenerationRefusedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The configuration is refused: what is wrong and where, as lines for the log. */
public final class InvalidConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final List<String> lines;
    private final GenerationRefusedException.Kind kind;

    /** Refused for its contents: exit status 3. */
    public InvalidConfigException(String text, @Nullable Place place) {
        this(GenerationRefusedException.Kind.CONFIGURATION, text, place);
    }

    /** Refused, and by whose fault. */
    public InvalidConfigException(GenerationRefusedException.Kind kind, String text, @Nullable Place place) {
        super(place == null ? text : text + " (" + place + ")");
        this.kind = kind;
        List<String> all = new ArrayList<>(List.of(text));
        if (place != null) {
            all.addAll(place.errorLines());
        }
        this.lines = List.copyOf(all);
    }

    /** Lines for the log: the reason, then its place. */
    public List<String> lines() {
        return lines;
    }

    /** Whose fault it is. */
    public GenerationRefusedException.Kind kind() {
        return kind;
    }

    /** The status a first start ends with. */
    public int exitStatus() {
        return kind == GenerationRefusedException.Kind.CONFIGURATION ? 3 : 1;
    }
}
