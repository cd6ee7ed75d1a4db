// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** A setting of TLS, most often a file, cannot be used; the message is for the log, in Mosquitto's words with the reason behind. */
public final class TlsFileException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With the whole message. */
    public TlsFileException(String message) {
        super(message);
    }

    /** With the whole message and what lies behind it. */
    public TlsFileException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What the operating system says of a file. */
    static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (failure instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (failure instanceof NotDirectoryException) {
            return "Not a directory";
        }
        return Objects.toString(failure.getMessage(), failure.getClass().getSimpleName());
    }
}
