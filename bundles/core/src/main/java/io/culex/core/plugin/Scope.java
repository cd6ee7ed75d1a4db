// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.config.ListenerSettings;
import java.util.List;

/** One listener as it stands now: its settings and its gate. */
public record Scope(ListenerSettings listener, Gate gate) {
    /** The options by which a user's name is what his certificate, or his key, says. */
    public static final List<String> NAMING = List.of("use_identity_as_username", "use_subject_as_username");

    /** Whether nobody comes in there under a name of his own choice: who has no verified identity is refused. */
    public static boolean namesUsers(ListenerSettings listener) {
        return NAMING.stream()
                .anyMatch(option -> Boolean.parseBoolean(listener.stages().get(option)));
    }
}
