// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.model;

/** A text is no configuration of dynamic security; the message says where and why, and quotes no secret. */
public final class InvalidConfigurationException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With place and reason. */
    public InvalidConfigurationException(String message) {
        super(message);
    }

    /** The message; never null. */
    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
