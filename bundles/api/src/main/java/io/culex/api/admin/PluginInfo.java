// SPDX-License-Identifier: Apache-2.0
package io.culex.api.admin;

import java.util.List;
import java.util.Objects;

/**
 * What there is to see of one plugin.
 *
 * @param name by which listeners ask for it
 * @param state whether it is asked
 * @param kinds what it offers: {@code Authenticator}, {@code Authorizer}, ...
 * @param bundle the number of its bundle; -1 when it is missing
 * @param generation the generation that made it; 0: it was made by hand, or is missing
 * @param usage what it was asked
 */
public record PluginInfo(String name, State state, List<String> kinds, long bundle, long generation, Usage usage) {
    /** Whether it is asked. */
    public enum State {
        /** A listener asks it. */
        IN_USE,
        /** It is there, and no listener asks for it. */
        IDLE,
        /** A listener needs it: clients wait. */
        MISSING,
        /** A listener has needed it for too long: clients are refused. */
        REFUSING
    }

    /**
     * What it was asked since it came.
     *
     * @param calls how often; answers that are remembered need no call
     * @param meanNanos how long a call took, from a sample of them; 0: none was measured
     * @param refusals how often it said no
     * @param failures how often it failed, which counts as a refusal
     */
    public record Usage(long calls, long meanNanos, long refusals, long failures) {
        /** It was not asked yet. */
        public static final Usage NONE = new Usage(0, 0, 0, 0);
    }

    public PluginInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(usage, "usage");
        kinds = List.copyOf(kinds);
    }
}
