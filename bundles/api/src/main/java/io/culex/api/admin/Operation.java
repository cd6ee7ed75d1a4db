// SPDX-License-Identifier: Apache-2.0
package io.culex.api.admin;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/** One described operation of a plugin; a service. Shell, JMX and {@code $CONTROL} show it to a person. */
@ConsumerType
public interface Operation {
    /** One argument: its name, what it is for, whether it must be given. */
    record Argument(String name, String description, boolean required) {}

    /** A refusal; the message is for the person who asked. */
    final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        /** A refusal with its reason. */
        public RefusedException(String message) {
            super(message);
        }
    }

    /** Who offers it, for example {@code dynsec}. */
    String scope();

    /** Its name in the scope, words joined by hyphens. */
    String name();

    /** One sentence for a person. */
    String description();

    /** The arguments in order. */
    List<Argument> arguments();

    /** Runs it on the admin thread; completes with lines for a person, or fails with a {@link RefusedException}. */
    CompletionStage<List<String>> run(Map<String, String> arguments);
}
