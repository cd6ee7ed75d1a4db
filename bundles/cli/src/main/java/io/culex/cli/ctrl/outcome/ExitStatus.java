// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.outcome;

/** Exit statuses; where {@code mosquitto_ctrl} has one for the case, it is the same. */
public enum ExitStatus {
    /** Everything was done. */
    DONE(0),
    /** An option, or the options file, is wrong. */
    OPTIONS(1),
    /** The broker sent what it must not. */
    PROTOCOL(2),
    /** Arguments of a command are missing or wrong. */
    USAGE(3),
    /** The broker, or the file, answered a command with an error. */
    REFUSED_COMMAND(4),
    /** The broker refused the connection: wrong password, not authorized. */
    REFUSED_CONNECTION(5),
    /** The broker closed the connection before it had answered. */
    LOST(7),
    /** TLS cannot be set up, or the two do not trust each other. */
    TLS(8),
    /** There is no such module. */
    NO_MODULE(10),
    /** The broker refused the subscription or the request: no access to its control topics. */
    NO_ACCESS(12),
    /** There is no such command. */
    NO_COMMAND(13),
    /** The broker cannot be reached, or a file not be read. */
    UNREACHABLE(14),
    /** The name of the host has no address. */
    LOOKUP(15),
    /** The proxy does not let it through. */
    PROXY(16),
    /** Nobody answered in time. */
    TIMEOUT(28);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    /** The number that the process ends with. */
    public int code() {
        return code;
    }
}
