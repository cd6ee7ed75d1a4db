// SPDX-License-Identifier: Apache-2.0
package io.culex.api.admin;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One described operation of a plugin, for an operator; a service. The console has it as a command, JMX as an MBean, without knowing
 * more of it than it says here. The descriptions are constants.
 */
@ConsumerType
public interface Operation {
    /**
     * One argument; its value is text.
     *
     * @param name by which {@link Operation#run} is given it
     * @param description what it is for, for a person
     * @param required whether it must be given
     */
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

    /** The arguments, in the order in which a person gives them. */
    List<Argument> arguments();

    /**
     * Runs it. Called on a thread for administration, never on an event loop: it may block for a short time. The console and JMX may
     * call it at the same time.
     *
     * @param arguments by name, those that are required among them; values are not checked
     * @return completes on any thread with lines for a person, or fails: with a {@link RefusedException} when the message says it
     *     all, with anything else when it is a fault
     */
    CompletionStage<List<String>> run(Map<String, String> arguments);
}
