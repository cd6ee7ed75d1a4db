// SPDX-License-Identifier: Apache-2.0
package io.culex.api.config;

/** A generation cannot run; the message is for the log, in Mosquitto's words. */
public final class GenerationRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Whose fault it is; decides the exit status of a first start. */
    public enum Kind {
        /** The configuration is wrong: exit status 3. */
        CONFIGURATION,
        /** The machine does not give what is asked for (a port in use): exit status 1. */
        SYSTEM
    }

    /** A refusal with its reason. */
    public GenerationRefusedException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** A refusal because of an exception. */
    public GenerationRefusedException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Whose fault it is. */
    public Kind kind() {
        return kind;
    }
}
