// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import io.culex.api.config.GenerationRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The configuration is refused: what is wrong and where, as lines for the log. Carries what was noticed on the way, which may
 * explain it: that a line has made the default listener whose port another one wants.
 */
public final class InvalidConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final List<String> reason;
    private final List<LogLine> notices;
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
        this.reason = List.copyOf(all);
        this.notices = List.of();
    }

    private InvalidConfigException(InvalidConfigException refusal, List<LogLine> notices) {
        super(refusal.getMessage(), refusal);
        this.kind = refusal.kind;
        this.reason = refusal.reason;
        this.notices = List.copyOf(notices);
    }

    /** The same refusal, after these notices and warnings. */
    public InvalidConfigException after(List<LogLine> noticed) {
        return noticed.isEmpty() ? this : new InvalidConfigException(this, noticed);
    }

    /** Everything for where there is no log yet: the notices, the reason, its place. */
    public List<String> lines() {
        return Stream.concat(notices.stream().map(LogLine::text), reason.stream())
                .toList();
    }

    /** The reason, then its place. */
    public List<String> reason() {
        return reason;
    }

    /** What was noticed before, in the order of the file. */
    public List<LogLine> notices() {
        return notices;
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
