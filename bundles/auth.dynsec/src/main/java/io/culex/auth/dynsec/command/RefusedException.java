// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.command;

/** A command is refused; the message is the answer's error text (SPEC D.4). */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String error) {
        super(error);
    }

    String error() {
        return String.valueOf(getMessage());
    }
}
