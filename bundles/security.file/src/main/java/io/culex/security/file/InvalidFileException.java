// SPDX-License-Identifier: Apache-2.0
package io.culex.security.file;

/** A file cannot be taken; the message is for the log: in Mosquitto's words, with file, line and reason. */
public final class InvalidFileException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What concerns the whole file, or an option. */
    public InvalidFileException(String message) {
        super(message);
    }

    /**
     * What concerns one line.
     *
     * @param message in Mosquitto's words
     * @param line counted from 1
     * @param reason what is wrong there, for a person; must not quote anything secret
     */
    public InvalidFileException(String message, int line, String reason) {
        super(message + " Line " + line + ": " + reason + ".");
    }

    /** The message; never null. */
    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
